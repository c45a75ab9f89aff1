import { readFileSync } from 'node:fs'
import { AppError } from '../../shared/domain/errors.ts'

/** The environment variable that holds the key of the vault file. */
export const vaultKeyVariable = 'MCP_MANAGER_VAULT_KEY'

/** The environment variable that names a file with the key, as containers get their secrets. */
const vaultKeyFileVariable = 'MCP_MANAGER_VAULT_KEY_FILE'

/** A shorter key could be found by trying. */
const minVaultKeyLength = 16

/**
 * Takes the vault's key out of an environment: it is read once and removed at once, so that no child inherits it. Without one
 * the file is read that the environment names, less its last line end.
 * @param env usually `process.env`; it is changed.
 * @returns the key, or undefined where neither variable is set to anything.
 * @throws AppError `invalid_input` when it is shorter than 16 characters, `file_unreadable`. It is removed in those cases too.
 */
export function takeVaultKey(env: Record<string, string | undefined>): string | undefined {
  const own = env[vaultKeyVariable] ?? ''
  const file = env[vaultKeyFileVariable] ?? ''
  delete env[vaultKeyVariable]
  delete env[vaultKeyFileVariable]
  if (own === '' && file === '') return undefined
  const key = own === '' ? readKeyFile(file) : own
  const length = Array.from(key).length
  if (length < minVaultKeyLength) {
    throw new AppError('invalid_input', {
      field: own === '' ? vaultKeyFileVariable : vaultKeyVariable,
      reason: `The key has ${length} characters. It needs ${minVaultKeyLength} or more.`,
    })
  }
  return key
}

function readKeyFile(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError('file_unreadable', { file, reason }, { cause: error })
  }
}
