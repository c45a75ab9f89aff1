import * as z from 'zod'
import { serverIdSchema } from '../domain/ids.ts'
import { serverDefinitionSchema } from '../domain/server-definition.ts'
import { serverViewSchema } from '../domain/server-view.ts'
import { base } from './base.ts'
import { streamOf } from './streams.ts'

const one = z.object({ id: serverIdSchema })

/**
 * What a person may set when adding a server. Values may hold literal credentials on the way in: they are moved to the
 * vault before anything is stored.
 */
export const serverDraftSchema = serverDefinitionSchema
  .pick({ name: true, scope: true, project: true, transport: true, timeouts: true, tools: true })
  .partial({ scope: true, project: true, timeouts: true, tools: true })
export type ServerDraft = z.infer<typeof serverDraftSchema>

/** A change of a server: only what is given changes. */
export const serverPatchSchema = serverDefinitionSchema
  .pick({ name: true, transport: true, timeouts: true, tools: true })
  .extend({
    /** Values of VS Code inputs (`${input:id}`) by id. They are kept in the vault, never in the definition. */
    inputValues: z.record(z.string(), z.string()),
  })
  .partial()
export type ServerPatch = z.infer<typeof serverPatchSchema>

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
  add: base.input(serverDraftSchema).output(serverViewSchema),
  edit: base.input(one.extend({ patch: serverPatchSchema })).output(serverViewSchema),
  /** Stops the server and forgets its definition and the secrets that only it used. Answers with what was removed. */
  remove: base.input(one).output(serverDefinitionSchema),
}
