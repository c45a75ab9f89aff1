import * as z from 'zod'

/** Identifies a server for as long as it is registered. Never reused, never derived from the name, so a rename keeps it. */
export const serverIdSchema = z
  .string()
  .regex(/^srv_[0-9a-z]{16}$/)
  .brand<'ServerId'>()
export type ServerId = z.infer<typeof serverIdSchema>

/** Identifies one tool call from its start to its result. */
export const callIdSchema = z
  .string()
  .regex(/^call_[0-9a-z]{16}$/)
  .brand<'CallId'>()
export type CallId = z.infer<typeof callIdSchema>

/** Identifies one automatic action. */
export const actionIdSchema = z
  .string()
  .regex(/^act_[0-9a-z]{16}$/)
  .brand<'ActionId'>()
export type ActionId = z.infer<typeof actionIdSchema>

/** Identifies one open stream of one client (see contract/streams.ts). */
export const streamIdSchema = z
  .string()
  .regex(/^str_[0-9a-z]{16}$/)
  .brand<'StreamId'>()
export type StreamId = z.infer<typeof streamIdSchema>

/** Identifies an account: the same server, authorization server, resource, client and label have the same one. */
export const accountIdSchema = z
  .string()
  .regex(/^acc_[0-9a-f]{16}$/)
  .brand<'AccountId'>()
export type AccountId = z.infer<typeof accountIdSchema>

/** A secret's name in the vault: lower-case letters, digits, `.`, `_` and `-`; 1 to 128 characters; starts with a letter or a digit. */
export const secretNameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,127}$/)
  .brand<'SecretName'>()
export type SecretName = z.infer<typeof secretNameSchema>
