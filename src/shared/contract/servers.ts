import * as z from 'zod'
import { errorInfoSchema } from '../domain/errors.ts'
import { serverIdSchema } from '../domain/ids.ts'
import { serverDefinitionSchema } from '../domain/server-definition.ts'
import { protocolInfoSchema, startStepSchema } from '../domain/server-state.ts'
import { inventoryCountsSchema, serverViewSchema } from '../domain/server-view.ts'
import { base } from './base.ts'
import { streamOf } from './streams.ts'

const one = z.object({ id: serverIdSchema })

/**
 * Names in `env` or `headers` of the transport whose values go to the vault, though nothing about them looks like a secret.
 * A value with a reference in it (`${`) stays.
 */
const keepInVaultSchema = z.array(z.string())

/**
 * What a person may set when adding a server. Values may hold literal credentials on the way in: they are moved to the
 * vault before anything is stored.
 */
export const serverDraftSchema = serverDefinitionSchema
  .pick({
    name: true,
    scope: true,
    project: true,
    transport: true,
    timeouts: true,
    supervision: true,
    tools: true,
  })
  .extend({ keepInVault: keepInVaultSchema })
  .partial({
    scope: true,
    project: true,
    timeouts: true,
    supervision: true,
    tools: true,
    keepInVault: true,
  })
export type ServerDraft = z.infer<typeof serverDraftSchema>

/** A change of a server: only what is given changes. */
export const serverPatchSchema = serverDefinitionSchema
  .pick({ name: true, transport: true, timeouts: true, supervision: true, tools: true })
  .extend({
    /**
     * Values of VS Code inputs (`${input:id}`) by id. They are kept in the vault, never in the definition. Every server that
     * shares one and is not at rest is started anew.
     */
    inputValues: z.record(z.string(), z.string()),
    /** Together with `transport`. */
    keepInVault: keepInVaultSchema,
  })
  .partial()
export type ServerPatch = z.infer<typeof serverPatchSchema>

/** A draft as a form holds it: `id` names the server that is edited, so that its secrets can be used; null for a new one. */
const draftOf = z.object({
  id: serverIdSchema.nullable(),
  draft: serverDraftSchema,
  /** Values for `${input:id}` by id; those that are not given come from the vault. */
  inputValues: z.record(z.string(), z.string()),
})
/** What a form holds of a server. */
export type DraftInput = z.infer<typeof draftOf>

/** Exactly what a definition will run or connect to, with secrets masked. */
export const launchPreviewSchema = z.object({
  /** Stdio: the executable's absolute path, or the command as it stands where it is not found. Null for a remote server. */
  command: z.string().nullable(),
  args: z.array(z.string()),
  cwd: z.string().nullable(),
  /** Null for stdio. */
  url: z.string().nullable(),
  /** Names that the server gets beside the environment of this program; with where each value comes from. */
  env: z.array(z.object({ name: z.string(), from: z.enum(['definition', 'envFile', 'secret']) })),
  /** A headers helper does not run for a preview: its command stands for the names that it would print. */
  headers: z.array(
    z.object({ name: z.string(), from: z.enum(['definition', 'secret', 'helper']) }),
  ),
  /** Every variable reference in the definition, once. */
  variables: z.array(
    z.object({
      /** As it is written, such as `${HOME}` or `${input:token}`. */
      expression: z.string(),
      /**
       * `default`: unset, and the reference names a default. The last five are references to elsewhere, by their kind; nothing of
       * them is run or asked for a preview.
       */
      status: z.enum([
        'set',
        'default',
        'unset',
        'secret',
        'input',
        'env',
        'file',
        'op',
        'vault',
        'exec',
      ]),
      /** What it stands for; null where it has no value or it is a secret. Values of variables that look like credentials are masked. */
      value: z.string().nullable(),
    }),
  ),
  /**
   * Arguments that hold a secret, which other programs of the machine can read: the environment variable that the server takes
   * it from as well (null: none is known), and what to write in place of the argument (null: nothing).
   */
  argumentSecrets: z.array(
    z.object({
      /** Counts from 0. */
      index: z.number().int().nonnegative(),
      variable: z.string().nullable(),
      instead: z.string().nullable(),
    }),
  ),
  /** Why it cannot be started as it is; null where nothing is known to stand against it. */
  problem: errorInfoSchema.nullable(),
})
export type LaunchPreview = z.infer<typeof launchPreviewSchema>

/** What happens while a connection is tested. The last event is `connected` or `failed`. */
export const connectionTestEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('step'), step: startStepSchema }),
  /** A line that the server printed on stderr, redacted. */
  z.object({ type: z.literal('printed'), text: z.string() }),
  z.object({
    type: z.literal('connected'),
    protocol: protocolInfoSchema,
    counts: inventoryCountsSchema,
  }),
  z.object({ type: z.literal('failed'), step: startStepSchema, error: errorInfoSchema }),
])
export type ConnectionTestEvent = z.infer<typeof connectionTestEventSchema>

/** An event of `servers.watch`. The first batch is one `changed` per server and then `ready`; later ones are live. */
export const serverEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('changed'), server: serverViewSchema }),
  z.object({ type: z.literal('removed'), id: serverIdSchema }),
  z.object({ type: z.literal('ready') }),
])
export type ServerEvent = z.infer<typeof serverEventSchema>

/** Definitions, the switch, and the lifecycle of servers. */
export const serversContract = {
  list: base.output(z.array(serverViewSchema)),
  watch: base.output(streamOf(serverEventSchema)),
  /** The switch: persists the desired state, then starts or stops at once. Answers with the state right after. */
  setEnabled: base.input(one.extend({ enabled: z.boolean() })).output(serverViewSchema),
  /** For this run of the host only; the switch stays as it is. */
  start: base.input(one).output(serverViewSchema),
  stop: base.input(one).output(serverViewSchema),
  restart: base.input(one).output(serverViewSchema),
  /** Ends it at once: the processes are killed without the time to end by themselves that `stop` gives. */
  kill: base.input(one).output(serverViewSchema),
  add: base.input(serverDraftSchema).output(serverViewSchema),
  edit: base.input(one.extend({ patch: serverPatchSchema })).output(serverViewSchema),
  /** A copy under a free name ("name copy"), switched off, with its own copies of the secrets. */
  duplicate: base.input(one).output(serverViewSchema),
  /**
   * Stops the server and removes it. Answers with what was removed. Its definition, log and secrets are kept aside until the
   * host ends (or an hour at most), so that `restore` can bring it back.
   */
  remove: base.input(one).output(serverDefinitionSchema),
  /** Brings a removed server back as it was, under the same id; switched on, it starts. Fails with `not_found` once it is forgotten. */
  restore: base.input(one).output(serverViewSchema),
  /** What a draft would run. Starts nothing. */
  preview: base.input(draftOf).output(launchPreviewSchema),
  /** Starts a draft apart from all servers, shakes hands, lists what it offers and stops it. Ending the stream early ends the test. Nothing is stored. */
  test: base.input(draftOf).output(streamOf(connectionTestEventSchema)),
}
