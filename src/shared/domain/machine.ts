import * as z from 'zod'
import { serverIdSchema } from './ids.ts'
import { clientFormatSchema } from './server-definition.ts'

/** Names one process for as long as it lives: a number alone may belong to another one by the next look. */
export const processRefSchema = z.object({
  pid: z.number().int().positive(),
  /** When the system started it, in words of the system. */
  startMark: z.string(),
})
export type ProcessRef = z.infer<typeof processRefSchema>

/**
 * Why a process is taken for an MCP server, the strongest first: a server of this program; a definition in a file (or here)
 * that its command line matches; a program that a known client talks to by pipes; a known name in its command line.
 */
export const evidenceKinds = ['ours', 'definition', 'client-child', 'known-package'] as const
export type EvidenceKind = (typeof evidenceKinds)[number]

/** One place that has the definition which a command line matches; `file` null: this program's own. */
export const definitionPlaceSchema = z.object({
  name: z.string(),
  client: clientFormatSchema.nullable(),
  file: z.string().nullable(),
})
export type DefinitionPlace = z.infer<typeof definitionPlaceSchema>

/** Evidence with what it rests on. */
export const evidenceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ours'),
    /** Null: a draft that is tested, or a run of which nothing but the mark is left. */
    serverId: serverIdSchema.nullable(),
    /** `here`: this host runs it. `elsewhere`: another MCP Manager that lives. `leftover`: its MCP Manager is gone. */
    run: z.enum(['here', 'elsewhere', 'leftover']),
  }),
  z.object({
    kind: z.literal('definition'),
    places: z.array(definitionPlaceSchema),
    /** The server of this program that it is; null: only files have it. */
    serverId: serverIdSchema.nullable(),
  }),
  z.object({
    kind: z.literal('client-child'),
    client: z.string(),
    /** False: it was seen as one before, and the client has ended since. */
    isClientAlive: z.boolean(),
  }),
  z.object({ kind: z.literal('known-package'), name: z.string() }),
])
export type Evidence = z.infer<typeof evidenceSchema>

/** Why processes are never ended from here. */
export const keepReasons = [
  'ours-runs',
  'another-manager',
  'holds-client',
  'not-permitted',
] as const
export type KeepReason = (typeof keepReasons)[number]

/** One process of a tree. */
export const machineProcessSchema = z.object({
  ...processRefSchema.shape,
  parentPid: z.number().int(),
  /** Below the root of the tree. */
  depth: z.number().int().nonnegative(),
  /** With secrets masked, and cut where it is very long. */
  command: z.string(),
  args: z.array(z.string()),
  cpuMs: z.number(),
  memoryBytes: z.number(),
})
export type MachineProcess = z.infer<typeof machineProcessSchema>

/** One MCP server that runs on this machine: a tree of processes. */
export const machineServerSchema = z.object({
  ...processRefSchema.shape,
  /** The same for all copies of one server. Means nothing to another host. */
  identity: z.string(),
  /** What a person calls it: the name in a definition, else that of the package or program. */
  name: z.string(),
  evidence: z.array(evidenceSchema).min(1),
  /** Its first process, then all below it, each right after its parent. */
  tree: z.array(machineProcessSchema).min(1),
  /** The working directory of the first process; null where the system does not tell. */
  cwd: z.string().nullable(),
  /** Milliseconds since the Unix epoch; null where the system does not tell. */
  startedAt: z.number().nullable(),
  memoryBytes: z.number(),
  /** Time on a processor since their start, in milliseconds. */
  cpuMs: z.number(),
  /** Share of one processor since the last look; null at the first one. */
  cpuShare: z.number().nullable(),
  /** From its parent up to a known client or the first process; names only. */
  parents: z.array(z.object({ pid: z.number().int(), name: z.string() })),
  /** The client whose child it is; null where none is above it. */
  client: z.object({ name: z.string(), pid: z.number().int() }).nullable(),
  /** Nobody can talk to it any more, or whoever started it is gone. */
  isOrphan: z.boolean(),
  /** Whether anybody still talks to it cannot be told, though the system shows that of others. */
  isUnsure: z.boolean(),
  /** How many run of this server, itself included. */
  copies: z.number().int().positive(),
  /** The same client started another copy later. It may still use this one: some keep a copy for each session. */
  isSurplus: z.boolean(),
  /** `bulk`: alone or with others. `single`: only by itself, its evidence is a name, or it may be in use. `never`: see `keep`. */
  reap: z.enum(['bulk', 'single', 'never']),
  keep: z.enum(keepReasons).nullable(),
  /** What is known of it, in short: whoever asks to end it says by this what they saw. */
  seen: z.string(),
})
export type MachineServer = z.infer<typeof machineServerSchema>

/** What this system does not let us see. */
export const machineLimits = ['no-pipes', 'no-directories', 'no-marks', 'other-users'] as const
export type MachineLimit = (typeof machineLimits)[number]

/** All MCP servers of this machine at one moment. */
export const machineSnapshotSchema = z.object({
  /** Milliseconds since the Unix epoch. */
  at: z.number(),
  servers: z.array(machineServerSchema),
  limits: z.array(z.enum(machineLimits)),
})
export type MachineSnapshot = z.infer<typeof machineSnapshotSchema>

/** A server to end, as it was shown. */
export const reapTargetSchema = machineServerSchema.pick({ pid: true, startMark: true, seen: true })
export type ReapTarget = z.infer<typeof reapTargetSchema>

/**
 * What became of one: `ended` by SIGTERM or `killed` by SIGKILL, with its whole tree; `gone` before; `changed` since it was
 * shown, or `refused`, and nothing was done; `not-permitted` by the system; `survived` a SIGKILL.
 */
export const reapOutcomes = [
  'ended',
  'killed',
  'gone',
  'changed',
  'refused',
  'not-permitted',
  'survived',
] as const
export type ReapOutcome = (typeof reapOutcomes)[number]

/** The answer for one of the targets. */
export const reapResultSchema = z.object({
  ...processRefSchema.shape,
  outcome: z.enum(reapOutcomes),
  /** How many processes were ended. */
  ended: z.number().int().nonnegative(),
  /** Of a process that was ended, what it held. */
  memoryBytes: z.number().nonnegative(),
})
export type ReapResult = z.infer<typeof reapResultSchema>

/** What is chosen at first where a person ends what is too much: orphans, and copies that the same client has a later one of. */
export function isLeftOver(server: MachineServer): boolean {
  return server.reap === 'bulk' && (server.isOrphan || server.isSurplus)
}
