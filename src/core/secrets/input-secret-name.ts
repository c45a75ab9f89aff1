import { createHash } from 'node:crypto'
import { type SecretName, secretNameSchema } from '../../shared/domain/ids.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'

/** Under which name the vault keeps the value of a VS Code input (`${input:id}`) of a server. Two ids never share one. */
export function inputSecretName(server: Pick<ServerDefinition, 'id'>, inputId: string): SecretName {
  // An id may hold any character, a secret's name may not.
  const digest = createHash('sha256').update(inputId).digest('hex').slice(0, 16)
  return secretNameSchema.parse(`input.${server.id.toLowerCase()}.${digest}`)
}
