import { AppError } from '../../shared/domain/errors.ts'

/** The environment variable that holds the key of the vault file. */
export const vaultKeyVariable = 'MCP_MANAGER_VAULT_KEY'

/** A shorter key could be found by trying. */
const minVaultKeyLength = 16

/**
 * Takes the vault's key out of an environment: it is read once and removed at once, so that no child inherits it.
 * @param env usually `process.env`; it is changed.
 * @returns the key, or undefined where the variable is not set or empty.
 * @throws AppError `invalid_input` when it is shorter than 16 characters. It is removed in that case too.
 */
export function takeVaultKey(env: Record<string, string | undefined>): string | undefined {
  const key = env[vaultKeyVariable]
  delete env[vaultKeyVariable]
  if (key === undefined || key === '') return undefined
  const length = Array.from(key).length
  if (length < minVaultKeyLength) {
    throw new AppError('invalid_input', {
      field: vaultKeyVariable,
      reason: `The key has ${length} characters. It needs ${minVaultKeyLength} or more.`,
    })
  }
  return key
}
