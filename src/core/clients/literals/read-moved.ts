import { realpath } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import type { FoundServer } from '../../../shared/domain/import.ts'
import type { Move } from '../../../shared/domain/literals.ts'
import { withMeantReferences } from '../../secrets/meant-reference.ts'
import type { VaultHolder } from '../../secrets/vault-holder.ts'
import { errnoOf } from '../../storage/errno.ts'
import type { Reading } from '../read-client-files.ts'
import { withMovedSecrets } from './moved-references.ts'

/** The servers of files, with the secrets of earlier moves in place of the references that these files hold now. */
export async function serversIn(
  readings: readonly Reading[],
  moves: readonly Move[],
): Promise<FoundServer[]> {
  const made = await Promise.all(
    moves.map(async (move) => ({ move, real: await realFile(move.file) })),
  )
  const servers: FoundServer[] = []
  for (const reading of readings) {
    const real = made.length === 0 ? reading.file : await realFile(reading.file)
    const own = made.filter((one) => one.real === real).map(({ move }) => move)
    servers.push(...reading.servers.map((server) => withMovedSecrets(server, own)))
  }
  return servers
}

/** Puts into a text the values that were moved, as far as the vault can be asked now. */
export async function fillMoved(
  moves: readonly Move[],
  vault: Pick<VaultHolder, 'get' | 'isReady'>,
): Promise<(text: string) => string> {
  const names = new Set(moves.flatMap(({ needs }) => needs.map(({ name }) => name)))
  const values = new Map<string, string>()
  if (names.size > 0 && (await vault.isReady())) {
    for (const name of names) {
      const value = await vault.get(name)
      if (value !== null) values.set(name, value)
    }
  }
  return (text) => withMeantReferences(text, (name) => values.get(name) ?? `secret://${name}`)
}

/** Where a path leads in the end; the path itself where that cannot be told, or where it is only the name of a pasted text. */
async function realFile(file: string): Promise<string> {
  if (!isAbsolute(file)) return file
  try {
    return await realpath(file)
  } catch (error) {
    if (errnoOf(error) === null) throw error
    return file
  }
}
