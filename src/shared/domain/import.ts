import * as z from 'zod'
import {
  clientFormatSchema,
  dialectSchema,
  inputVariableSchema,
  scopeSchema,
  serverSourceSchema,
  timeoutsSchema,
  transportSchema,
} from './server-definition.ts'

/** Something that a person should know about a file that was read. Lines and columns count from 1; null where there is no position. */
export const importProblemSchema = z.object({
  file: z.string().nullable(),
  line: z.number().int().positive().nullable(),
  column: z.number().int().positive().nullable(),
  /** What is wrong, what happened with it, and what to do. Never holds a secret's value. */
  message: z.string(),
  /** `error`: the file, or this part of it, could not be read. `warning`: it was read, and something about it should be known. */
  severity: z.enum(['error', 'warning']),
  /** The lines around the position, string values that may be secrets masked; null where there is no position, and after the first 50 problems of a file. */
  excerpt: z
    .object({
      firstLine: z.number().int().positive(),
      lines: z.array(z.string()),
      /** Where in these lines the column is: another one than in the file where the begin of its line was cut. */
      column: z.number().int().positive(),
    })
    .nullable(),
  /** What it is about, where a screen says that in a way of its own: `vault`, secrets that no vault can take now. */
  about: z.literal('vault').optional(),
})
export type ImportProblem = z.infer<typeof importProblemSchema>

/**
 * One server as one client's file states it: normalised, with variable references kept, and with literal values as they
 * stand in the file. It may hold credentials, so it never leaves the core and is never stored.
 */
export const foundServerSchema = z.object({
  name: z.string().min(1),
  scope: scopeSchema,
  project: z.string().nullable(),
  transport: transportSchema,
  /** The spelling of the transport in the file, null where it was inferred. */
  rawType: z.string().nullable(),
  dialect: dialectSchema,
  inputs: z.array(inputVariableSchema),
  timeouts: timeoutsSchema,
  tools: z.object({ allow: z.array(z.string()).nullable(), deny: z.array(z.string()) }),
  /** Names of environment variables that the client fills from its own keychain (Goose's `env_keys`); their values are not in the file. */
  envNames: z.array(z.string()),
  source: serverSourceSchema.omit({ fingerprint: true }),
})
export type FoundServer = z.infer<typeof foundServerSchema>

/** A client's file that exists on this machine. */
export const clientFileSchema = z.object({
  client: clientFormatSchema,
  file: z.string(),
  scope: scopeSchema,
  project: z.string().nullable(),
})
export type ClientFile = z.infer<typeof clientFileSchema>
