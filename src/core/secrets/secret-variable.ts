import type { SecretName } from '../../shared/domain/ids.ts'
import { hintOfName } from '../../shared/domain/secret-looking-name.ts'
import type { InputVariable, ServerDefinition } from '../../shared/domain/server-definition.ts'
import { findInText } from './find-in-text.ts'

/** Whether the value of a variable had better not be shown: by its name, or by what it looks like. */
export function isSecretVariable(name: string, value: string): boolean {
  const hint = hintOfName(name)
  return hint === 'strong' || hint === 'weak' || findInText(value, name).length > 0
}

/** The same of the value of an input; what its file calls a password always is one. */
export function isSecretInput(
  input: Pick<InputVariable, 'id' | 'password'>,
  value: string,
): boolean {
  return input.password || isSecretVariable(input.id, value)
}

/**
 * Whether the vault holds a value that is no secret: the answer to inputs of which none takes a password, such as a region. To
 * redact its word would make the logs hard to read.
 */
export function isPlainInput(
  servers: readonly Pick<ServerDefinition, 'inputs'>[],
  name: SecretName,
  value: string,
): boolean {
  const inputs = servers.flatMap((server) => server.inputs.filter((one) => one.secret === name))
  return inputs.length > 0 && inputs.every((input) => !isSecretInput(input, value))
}
