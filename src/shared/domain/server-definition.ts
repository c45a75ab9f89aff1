import * as z from 'zod'
import { jsonValueSchema } from '../lib/json.ts'
import { secretNameSchema, serverIdSchema } from './ids.ts'
import { oauthOptionsSchema } from './oauth.ts'
import { supervisionSchema } from './supervision.ts'

/**
 * The kinds of client file that can be read. The names are those of `import --as`.
 * `mcp-json` is a project's `.mcp.json`; `claude-json` is Claude Code's own `~/.claude.json`.
 */
export const clientFormats = [
  'claude-json',
  'mcp-json',
  'claude-desktop',
  'cursor',
  'vscode',
  'windsurf',
  'cline',
  'roo',
  'kilocode',
  'zed',
  'continue',
  'codex',
  'gemini',
  'antigravity',
  'goose',
  'opencode',
  'amazonq',
  'kiro',
  'junie',
  'librechat',
] as const
export const clientFormatSchema = z.enum(clientFormats)
export type ClientFormat = z.infer<typeof clientFormatSchema>

/**
 * How the variable references in a definition are to be read: as the client whose file it came from means them.
 * `native` is a server that was added here; `literal` has no references at all.
 */
export const dialectSchema = z.enum([
  'native',
  'literal',
  'claude-code',
  'cursor',
  'vscode',
  'windsurf',
  'gemini',
  'opencode',
  'continue',
  'librechat',
])
export type Dialect = z.infer<typeof dialectSchema>

/**
 * Who the server is for. `user`: everywhere. `project`: everyone who works in a folder (`.mcp.json`). `local`: this person,
 * in that folder (`projects[path].mcpServers` in `~/.claude.json`). Names are unique per scope and project.
 */
export const scopeSchema = z.enum(['user', 'project', 'local'])
export type Scope = z.infer<typeof scopeSchema>

const stringMap = z.record(z.string(), z.string())

/** A child process that speaks MCP over stdin and stdout. `cwd` null: the default directory (see docs/architecture.md). */
export const stdioTransportSchema = z.object({
  type: z.literal('stdio'),
  command: z.string().min(1),
  args: z.array(z.string()),
  env: stringMap,
  cwd: z.string().nullable(),
  /** A file of `NAME=value` lines that is read at launch and lies below `env` (VS Code's `envFile`). */
  envFile: z.string().nullable(),
})

/** A remote server: Streamable HTTP, or the older HTTP+SSE of 2024-11-05. */
export const remoteTransportSchema = z.object({
  type: z.enum(['http', 'sse']),
  url: z.string().min(1),
  headers: stringMap,
  /** An executable that prints a JSON object of headers at launch (Claude Code's `headersHelper`). Runs only once the server is switched on. */
  headersHelper: z.string().nullable(),
})

/** Kept and shown, but not runnable: WebSocket, for which MCP defines no transport, and entries that name no way to run them. */
export const unsupportedTransportSchema = z.object({
  type: z.enum(['ws', 'unknown']),
  url: z.string().nullable(),
  headers: stringMap,
  /** Why it cannot run, as a sentence for a person. */
  reason: z.string(),
})

/** How a server is reached: what to spawn, or where to connect. */
export const transportSchema = z.discriminatedUnion('type', [
  stdioTransportSchema,
  remoteTransportSchema,
  unsupportedTransportSchema,
])
export type StdioTransport = z.infer<typeof stdioTransportSchema>
export type RemoteTransport = z.infer<typeof remoteTransportSchema>
export type UnsupportedTransport = z.infer<typeof unsupportedTransportSchema>
export type Transport = z.infer<typeof transportSchema>
export type TransportType = Transport['type']

/** One entry of VS Code's `inputs[]`. */
export const inputVariableSchema = z.object({
  id: z.string(),
  /** `promptString`, `pickString`, or `command`, which VS Code has answered by a command of its own. */
  type: z.string(),
  description: z.string().nullable(),
  default: z.string().nullable(),
  password: z.boolean(),
  /** What a `pickString` lets a person choose from; empty: any text will do. */
  options: z.array(z.object({ value: z.string(), label: z.string() })),
})
export type InputVariable = z.infer<typeof inputVariableSchema>

/** An input that a definition uses as `${input:id}`. All servers of one file that use it share its value. */
export const serverInputSchema = inputVariableSchema.extend({
  /** Under which name the vault keeps the value. */
  secret: secretNameSchema,
})
export type ServerInput = z.infer<typeof serverInputSchema>

/** One place in one client's file where the server stands. */
export const serverSourceSchema = z.object({
  client: clientFormatSchema,
  /** Absolute path of the file. */
  file: z.string(),
  /** The key it stands under, for example `mcpServers` or `projects["/p"].mcpServers`. */
  section: z.string(),
  /** Its name there. */
  key: z.string(),
  /** Switched off there (`disabled: true`, `enabled: false`, or a list of disabled servers). */
  disabled: z.boolean(),
  /** Digest of what was read there, secrets excluded: tells at the next import whether the file changed. */
  fingerprint: z.string(),
  /** Keys that this program does not use, kept so that a round trip loses nothing. */
  extra: z.record(z.string(), jsonValueSchema),
})
export type ServerSource = z.infer<typeof serverSourceSchema>

/** The longest time that a timer of Node.js can wait, in milliseconds; it takes a longer one for 1. */
export const maxTimeoutMs = 2_147_483_647

/** Bounds in milliseconds where a definition has none: from the spawn to the end of the handshake, and to an answer or progress. */
export const defaultTimeouts = { startMs: 30_000, callMs: 60_000 } as const

/** Bounds in milliseconds; null means the default. */
export const timeoutsSchema = z.object({
  startMs: z.number().int().positive().max(maxTimeoutMs).nullable(),
  callMs: z.number().int().positive().max(maxTimeoutMs).nullable(),
})

/** What a person wants to run. Never holds a literal credential: those are `secret://name` references into the vault. */
export const serverDefinitionSchema = z.object({
  id: serverIdSchema,
  name: z.string().min(1),
  scope: scopeSchema,
  /** Absolute path of the folder for scope `project` and `local`, else null. */
  project: z.string().nullable(),
  /** The desired state: the switch. Imported servers start out false. */
  enabled: z.boolean(),
  transport: transportSchema,
  dialect: dialectSchema,
  inputs: z.array(serverInputSchema),
  timeouts: timeoutsSchema,
  supervision: supervisionSchema,
  /** Tools that clients may see: all when `allow` is null, less those in `deny`. */
  tools: z.object({ allow: z.array(z.string()).nullable(), deny: z.array(z.string()) }),
  sources: z.array(serverSourceSchema),
  /** A person changed here what is run, or a secret of it: no import takes its files' version or secrets over any more. */
  editedHere: z.boolean(),
  /** Of a remote server: what a person states about signing in; without it everything is found out. */
  oauth: oauthOptionsSchema.optional(),
})
export type ServerDefinition = z.infer<typeof serverDefinitionSchema>
