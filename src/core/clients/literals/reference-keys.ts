import type { SecretName } from '../../../shared/domain/ids.ts'
import type { Resolver } from '../../../shared/domain/literals.ts'
import { isSafeVariable } from './is-safe-variable.ts'

/**
 * What the references to secrets are called in a client's file: a variable is called as its secret (`github.token` and
 * `github.github-token` are `GITHUB_TOKEN`), and so is an input. Two secrets never share one.
 * @param isTaken whether a name means something else already: a variable of another move, or an input that the file declares.
 */
export function referenceKeys(
  resolver: Resolver,
  names: readonly SecretName[],
  isTaken: (key: string, name: SecretName) => boolean = () => false,
): ReadonlyMap<SecretName, string> {
  const keys = new Map<SecretName, string>()
  const used = new Set<string>()
  for (const name of names) {
    if (keys.has(name)) continue
    const base = resolver === 'variable' ? variableOf(name) : name
    const separator = resolver === 'variable' ? '_' : '-'
    let key = base
    for (let count = 2; used.has(key) || isTaken(key, name); count += 1)
      key = `${base}${separator}${count}`
    used.add(key)
    keys.set(name, key)
  }
  return keys
}

/** A name that every shell takes (POSIX, "Environment Variables"): no digit at its begin. */
function variableOf(name: SecretName): string {
  const upper = name
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^([A-Z0-9]+_)\1/, '$1')
  return /^\d/.test(upper) ? `_${upper}` : isSafeVariable(upper) ? upper : `SECRET_${upper}`
}
