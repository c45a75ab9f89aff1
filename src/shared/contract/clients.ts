import * as z from 'zod'
import { errorInfoSchema } from '../domain/errors.ts'
import { importProblemSchema } from '../domain/import.ts'
import { clientFormatSchema, scopeSchema, serverSourceSchema } from '../domain/server-definition.ts'
import { base } from './base.ts'

/** One file to read: an absolute path, or text that was pasted or dropped. */
export const importFileSchema = z.object({
  /** An absolute path; with `text`, the name to show for it. */
  file: z.string(),
  /** Null: told from the file's name and content. */
  format: clientFormatSchema.nullable(),
  /** The content where it was pasted or dropped; null: it is read from the path. At most 16 MB. */
  text: z
    .string()
    .max(16 * 1024 * 1024)
    .nullable(),
})

/** What names a server among those that an import found. */
export const importKeySchema = z.object({
  name: z.string(),
  scope: scopeSchema,
  project: z.string().nullable(),
})
export type ImportKey = z.infer<typeof importKeySchema>

/** A server that a person chose to import, as a report showed it. */
export const chosenServerSchema = z.object({
  ...importKeySchema.shape,
  /** The report's own. */
  digest: z.string(),
})
export type ChosenServer = z.infer<typeof chosenServerSchema>

/** A literal credential that an import found. */
export const importedSecretSchema = z.object({
  /** Under which it is (or would be) put into the vault. */
  name: z.string(),
  /** Where it stands in the definition: a variable's name, a header's name, or for example `argument 3`. */
  place: z.string(),
  /** A hint for the eye: a known prefix and at most the last four characters of a long value, or dots alone. */
  masked: z.string(),
  /** The clients and files that hold it in plain text. */
  sources: z.array(serverSourceSchema.pick({ client: true, file: true })),
})
export type ImportedSecret = z.infer<typeof importedSecretSchema>

/** A server as an import shows it: all that says what is run, with `secret://name` in place of literal credentials. */
const shownServerSchema = z.object({
  ...importKeySchema.shape,
  transport: z.enum(['stdio', 'http', 'sse', 'ws', 'unknown']),
  command: z.string().nullable(),
  args: z.array(z.string()),
  /** The names in `env`, and those that have no value here. */
  envKeys: z.array(z.string()),
  env: z.record(z.string(), z.string()),
  /** A file of more variables. */
  envFile: z.string().nullable(),
  cwd: z.string().nullable(),
  url: z.string().nullable(),
  /** The names in `headers`, and those that have no value here. */
  headerKeys: z.array(z.string()),
  headers: z.record(z.string(), z.string()),
  /** A shell command that prints more headers. */
  headersHelper: z.string().nullable(),
  /** What stands in for each `${input:id}`; null: nothing, and the server cannot run. */
  inputs: z.array(z.object({ id: z.string(), default: z.string().nullable() })),
  /** Switched off in every client that has it. */
  disabled: z.boolean(),
  sources: z.array(serverSourceSchema.pick({ client: true, file: true })),
  /** Against what was imported before. */
  change: z.enum(['new', 'unchanged', 'changed', 'gone']),
  /** The secrets that were (or would be) put into the vault. */
  secrets: z.array(importedSecretSchema),
  /** What would keep it from running, such as a command that is not on the PATH; null: nothing known. */
  warning: errorInfoSchema.nullable(),
})

/** A server that an import found. */
export const importedServerSchema = z.object({
  ...shownServerSchema.shape,
  /** Of all that is run, secrets included. Another one later: it is not what was shown. Means nothing to another host, nor after the end of this one. */
  digest: z.string(),
})
export type ImportedServer = z.infer<typeof importedServerSchema>

/** A server that an import did not find any more. */
export type GoneServer = z.infer<typeof shownServerSchema>

/** What an import found, and what became of it. */
export const importReportSchema = z.object({
  servers: z.array(importedServerSchema),
  /** Servers of an earlier import that their file no longer has. They are kept here. */
  gone: z.array(shownServerSchema),
  problems: z.array(importProblemSchema),
  files: z.array(
    z.object({
      client: clientFormatSchema,
      file: z.string(),
      servers: z.number(),
      /** Its syntax is broken: its servers were read out of what is left, and may lack something. */
      isDamaged: z.boolean(),
    }),
  ),
  /** Those of `only` that the files do not have any more as they were shown: nothing was done with them. */
  notAsShown: z.array(importKeySchema),
  /** True where secrets were left out because no vault could take them. */
  secretsLeftOut: z.boolean(),
})
export type ImportReport = z.infer<typeof importReportSchema>

/** Reading the files of MCP clients. */
export const clientsContract = {
  /**
   * Reads the given files, or with none all that can be found on this machine, and registers their servers, switched off
   * unless `start`, which switches on what is new and not switched off in all its clients. With `dryRun` nothing is written. Never writes to a client's file.
   */
  import: base
    .input(
      z.object({
        files: z.array(importFileSchema),
        dryRun: z.boolean(),
        start: z.boolean(),
        /** Only these servers, and only as they were shown; null: all, as the files have them now. */
        only: z.array(chosenServerSchema).nullable(),
        /** Names of secrets that are not to be put into the vault: their values are left out, and the servers that need them cannot run until a value is given. */
        leaveOut: z.array(z.string()),
      }),
    )
    .output(importReportSchema),
}
