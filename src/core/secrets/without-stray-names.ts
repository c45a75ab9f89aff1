import type { SecretName } from '../../shared/domain/ids.ts'
import type { VaultHolder } from './vault-holder.ts'

/**
 * Repeats an extraction until none of its new names is in the vault already: what an interrupted command left there
 * must neither be overwritten nor be taken for the value of another server.
 * @param newNames the names that the extraction gave to values of its own.
 */
export async function withoutStrayNames<Extraction>(
  vault: Pick<VaultHolder, 'has' | 'isReady'>,
  extract: (isStray: (name: SecretName) => boolean) => Extraction,
  newNames: (extraction: Extraction) => readonly SecretName[],
): Promise<Extraction> {
  const stray = new Set<SecretName>()
  for (;;) {
    const extraction = extract((name) => stray.has(name))
    const names = newNames(extraction)
    if (names.length === 0 || !(await vault.isReady())) return extraction
    const before = stray.size
    for (const name of names) if (await vault.has(name)) stray.add(name)
    if (stray.size === before) return extraction
  }
}
