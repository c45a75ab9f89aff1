import * as z from 'zod'
import { secretNameSchema, serverIdSchema } from '../domain/ids.ts'
import { base } from './base.ts'
import { vaultStatusSchema } from './host.ts'
import { streamOf } from './streams.ts'

/** A secret as it is shown: never with its value. Moments in milliseconds since the Unix epoch, null where none is known. */
export const secretViewSchema = z.object({
  name: secretNameSchema,
  /** `missing`: a server refers to it, and the vault does not hold it. `unknown`: the vault cannot be asked now. */
  status: z.enum(['stored', 'missing', 'unknown']),
  createdAt: z.number().nullable(),
  changedAt: z.number().nullable(),
  lastUsedAt: z.number().nullable(),
  /** The servers that refer to it. One that was removed can still be brought back. */
  users: z.array(z.object({ id: serverIdSchema, name: z.string(), isRemoved: z.boolean() })),
  /** The id of the VS Code input whose value it is; such a one is bound to the servers that ask for it and keeps its name. Else null. */
  inputId: z.string().nullable(),
  /** The files that rely on it: it was moved out of them (contract/literals.ts). */
  files: z.array(z.string()),
})
export type SecretView = z.infer<typeof secretViewSchema>

/** A command of a server's definition whose output is a secret (`exec:`). It does not run before a person allowed it. */
export const secretCommandSchema = z.object({
  serverId: serverIdSchema,
  serverName: z.string(),
  command: z.string(),
  isAllowed: z.boolean(),
})
export type SecretCommand = z.infer<typeof secretCommandSchema>

/** Every secret, by name, and every command that gives one. */
export const secretsStateSchema = z.object({
  secrets: z.array(secretViewSchema),
  commands: z.array(secretCommandSchema),
})
export type SecretsState = z.infer<typeof secretsStateSchema>

const one = z.object({ name: secretNameSchema })
const value = z
  .string()
  .min(1)
  .max(256 * 1024)

/** The secrets of the vault. A value crosses in `add` and `replace` on the way in, and in `reveal` on the way out, and nowhere else. */
export const secretsContract = {
  list: base.output(secretsStateSchema),
  /** The same, now and each time that something of it changes. */
  watch: base.output(streamOf(secretsStateSchema)),
  /** Fails with `invalid_input` where the name is taken, or with the vault's errors. */
  add: base.input(one.extend({ value })).output(z.void()),
  /**
   * Gives a secret another value, also one that is missing. With `restart`, the servers that use it and are not at rest are
   * restarted; else they go on with the value that they were started with. Answers with those that are. Fails with
   * `secret_not_found`.
   */
  replace: base
    .input(one.extend({ value, restart: z.boolean() }))
    .output(z.object({ restarted: z.array(serverIdSchema) })),
  /** Gives it another name, in every definition too; no server is restarted. Fails with `secret_not_found` or `invalid_input`. */
  rename: base.input(one.extend({ to: secretNameSchema })).output(z.void()),
  /** Deletes it, whoever uses it. Fails with `secret_not_found`. */
  delete: base.input(one).output(z.void()),
  /** Its value. Fails with `secret_not_found`. */
  reveal: base.input(one).output(z.object({ value: z.string() })),
  /** Allows a command for a server, letter by letter, or takes that back. Fails with `invalid_input` where the server has no such command. */
  allowCommand: base
    .input(z.object({ serverId: serverIdSchema, command: z.string(), isAllowed: z.boolean() }))
    .output(z.void()),
  /**
   * Seals the vault file with another passphrase. Fails with `vault_locked` (`wrong_key`) where the current one is not that of
   * the file, or with `invalid_input` for a new one that is too short or where there is no vault file.
   */
  changePassphrase: base
    .input(z.object({ current: z.string().min(1), next: z.string().min(1) }))
    .output(vaultStatusSchema),
}
