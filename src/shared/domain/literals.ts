import * as z from 'zod'
import { secretNameSchema } from './ids.ts'
import { clientFormatSchema } from './server-definition.ts'

/** Why a part of a text is taken for a credential. `chosen`: a person says so. */
export const credentialReasons = [
  'foreign_reference',
  'known_format',
  'secret_name',
  'auth_scheme',
  'url_user',
  'url_password',
  'url_query',
  'url_path',
  'opaque',
  'chosen',
] as const
export type CredentialReason = (typeof credentialReasons)[number]

/**
 * Why a credential stays where it is. `takes_literally`: its client fills in no reference. `unknown_client`: it is not
 * known who reads the file. `other_key`: where it is not known that
 * its client fills in any. `in_reference`: it is the default of a reference. `part_of_value`: the
 * client names a variable for a whole value only. `not_located`: it cannot be told for sure where it stands. `damaged`: the
 * file's syntax is broken. `not_text`: the file is no UTF-8.
 */
export const keptReasons = [
  'takes_literally',
  'unknown_client',
  'other_key',
  'in_reference',
  'part_of_value',
  'not_located',
  'damaged',
  'not_text',
] as const
export type KeptReason = (typeof keptReasons)[number]

/**
 * Who fills in the reference that takes the place of a credential: a `variable` of the environment in which the client starts,
 * the client itself after a `prompt`, or this program out of the `vault`.
 */
export const resolverSchema = z.enum(['variable', 'prompt', 'vault'])
export type Resolver = z.infer<typeof resolverSchema>

/** A literal credential in a file, without its value. */
export const literalSchema = z.object({
  /** The same for as long as it stands at the same place of the same file. */
  id: z.string(),
  server: z.string(),
  /** A variable's or header's name, or for example `argument 3`. */
  place: z.string(),
  /** A hint for the eye. */
  masked: z.string(),
  reason: z.enum(credentialReasons),
  /** Under which the vault would keep it, or keeps this very value already. */
  name: secretNameSchema,
  isHeld: z.boolean(),
  /** What can be done with it; null: the file keeps it, for the reason of `kept`. */
  resolver: resolverSchema.nullable(),
  kept: z.enum(keptReasons).nullable(),
})
export type Literal = z.infer<typeof literalSchema>

/** A file with literal credentials. */
export const literalFileSchema = z.object({
  /** Absolute path. */
  file: z.string(),
  /** Null: the definitions of this program. */
  client: clientFormatSchema.nullable(),
  literals: z.array(literalSchema),
})
export type LiteralFile = z.infer<typeof literalFileSchema>

/** One line of a difference; credentials in it are masked. */
export const diffLineSchema = z.object({
  kind: z.enum(['same', 'added', 'removed']),
  /** Its number in the text it stands in, from 1. */
  number: z.number().int().positive(),
  pieces: z.array(z.object({ text: z.string(), changed: z.boolean() })),
})
export type DiffLine = z.infer<typeof diffLineSchema>

/** What a client needs to fill in a reference. */
export const referenceNeedSchema = z.object({
  name: secretNameSchema,
  resolver: resolverSchema,
  /** The variable, or the id of the input; null where the vault gives the value. */
  key: z.string().nullable(),
})
export type ReferenceNeed = z.infer<typeof referenceNeedSchema>

/** Credentials of one file that were moved to the vault, and can be put back. */
export const moveSchema = z.object({
  id: z.string().regex(/^move_[0-9a-z]{16}$/),
  file: z.string(),
  client: clientFormatSchema.nullable(),
  /** Milliseconds since the Unix epoch. */
  movedAt: z.number(),
  needs: z.array(referenceNeedSchema),
  /** Which servers of the file refer to which of the secrets. */
  servers: z
    .array(z.object({ section: z.string(), key: z.string(), name: secretNameSchema }))
    .default([]),
  /** Only the newest moves have a backup. */
  canUndo: z.boolean(),
})
export type Move = z.infer<typeof moveSchema>
