import * as z from 'zod'
import { errorInfoSchema } from './errors.ts'
import { actionIdSchema, serverIdSchema } from './ids.ts'

/** A ceiling that a server's processes went above, and by how much. */
export const exceededSchema = z.discriminatedUnion('resource', [
  z.object({ resource: z.literal('memory'), bytes: z.number(), limitBytes: z.number() }),
  /** Percent of one core, as the mean over 10 s. */
  z.object({ resource: z.literal('cpu'), percent: z.number(), limitPercent: z.number() }),
])
export type Exceeded = z.infer<typeof exceededSchema>

/** Why a server was started by its use: a call, or somebody asked what it offers. */
export const useSchema = z.enum(['call', 'list'])
export type Use = z.infer<typeof useSchema>

const about = {
  id: actionIdSchema,
  /** Milliseconds since the Unix epoch. */
  at: z.number(),
  /** The server and its name then; null where it is about none that is known. */
  serverId: serverIdSchema.nullable(),
  serverName: z.string().nullable(),
  /** It was not done, because a person switched this kind off (`Settings.automation`). */
  heldBack: z.boolean(),
}
const pids = z.array(z.number().int())

/** Something that the program does by itself, with its reason. `describeAction` says it in words. */
export const automaticActionSchema = z.discriminatedUnion('kind', [
  /** A server that failed is started again after a wait. */
  z.object({
    ...about,
    kind: z.literal('restart'),
    cause: z.discriminatedUnion('type', [
      z.object({
        type: z.literal('failure'),
        error: errorInfoSchema,
        /** In a row so far. */
        failures: z.number().int().positive(),
        delayMs: z.number(),
      }),
      /** It ended with code 0, and is to run always. */
      z.object({ type: z.literal('exit'), delayMs: z.number() }),
      z.object({ type: z.literal('ceiling'), exceeded: exceededSchema }),
    ]),
  }),
  /** A server that fails again and again is left alone until a person looks at it. */
  z.object({
    ...about,
    kind: z.literal('park'),
    error: errorInfoSchema,
    failures: z.number().int().positive(),
  }),
  /** SIGKILL to the processes of a server that did not end when they were told to. */
  z.object({
    ...about,
    kind: z.literal('kill'),
    pids,
    /** How long they had after they were told to end, in milliseconds. */
    waitedMs: z.number(),
  }),
  /** SIGKILL to what an earlier run of the program left behind. */
  z.object({ ...about, kind: z.literal('reap'), pids }),
  z.object({ ...about, kind: z.literal('idle-stop'), idleMs: z.number() }),
  z.object({ ...about, kind: z.literal('start-on-demand'), use: useSchema }),
  z.object({ ...about, kind: z.literal('ceiling-warning'), exceeded: exceededSchema }),
])
export type AutomaticAction = z.infer<typeof automaticActionSchema>
export type ActionKind = AutomaticAction['kind']

/** An action before it is noted: the log gives it its id and its time. */
export type NewAction = AutomaticAction extends infer Action
  ? Action extends AutomaticAction
    ? Omit<Action, 'id' | 'at'>
    : never
  : never

/** What can be done to one server, as the policy of its lifecycle says it: whose it is follows from the place. */
export type ServerAction = NewAction extends infer Action
  ? Action extends NewAction
    ? Omit<Action, 'serverId' | 'serverName'>
    : never
  : never

/** How many actions are remembered. */
export const rememberedActions = 500
