import type { ClientFormat, Dialect } from '../../shared/domain/server-definition.ts'

/** Where one client's entries keep what all clients have, and in which units. In each list the first key that is there wins. */
export interface EntryTraits {
  readonly dialect: Dialect
  readonly commandKeys: readonly string[]
  readonly envKeys: readonly string[]
  /** `implies`: the transport that this key stands for when the entry names none. */
  readonly urlKeys: readonly { readonly key: string; readonly implies: 'http' | 'sse' | null }[]
  readonly headerKeys: readonly string[]
  readonly timeouts: readonly {
    readonly key: string
    readonly unitMs: number
    readonly bound: 'startMs' | 'callMs'
  }[]
  readonly allowKeys: readonly string[]
  readonly denyKeys: readonly string[]
  /** What an entry without a command and a url means to this client, and what a person can do; for the words of a problem. */
  readonly withoutAddress?: { readonly reason: string; readonly advice: string }
}

const milliseconds = 1
const seconds = 1000

const plain: EntryTraits = {
  dialect: 'literal',
  commandKeys: ['command'],
  envKeys: ['env'],
  urlKeys: [
    { key: 'url', implies: null },
    { key: 'serverUrl', implies: null },
    { key: 'httpUrl', implies: 'http' },
    { key: 'uri', implies: null },
  ],
  headerKeys: ['headers'],
  timeouts: [],
  allowKeys: [],
  denyKeys: [],
}

const callTimeoutMs = [{ key: 'timeout', unitMs: milliseconds, bound: 'callMs' }] as const
const callTimeoutSeconds = [{ key: 'timeout', unitMs: seconds, bound: 'callMs' }] as const

/**
 * The traits of every client. Dialects: Cline, Roo, Kilo and Amazon Q write `${env:X}` as Cursor does, Kiro `${X}` as Claude
 * Code does. Goose fills `$X` and `${X}` in headers as Gemini does (see formats/goose.ts). Codex: see formats/codex.ts.
 */
export const entryTraits: Readonly<Record<ClientFormat, EntryTraits>> = {
  'claude-json': { ...plain, dialect: 'claude-code', timeouts: callTimeoutMs },
  'mcp-json': { ...plain, dialect: 'claude-code', timeouts: callTimeoutMs },
  'claude-desktop': plain,
  cursor: { ...plain, dialect: 'cursor' },
  vscode: { ...plain, dialect: 'vscode' },
  windsurf: { ...plain, dialect: 'windsurf', denyKeys: ['disabledTools'] },
  cline: { ...plain, dialect: 'cursor', timeouts: callTimeoutSeconds },
  roo: { ...plain, dialect: 'cursor', timeouts: callTimeoutSeconds, denyKeys: ['disabledTools'] },
  kilocode: {
    ...plain,
    dialect: 'cursor',
    timeouts: callTimeoutSeconds,
    denyKeys: ['disabledTools'],
  },
  zed: {
    ...plain,
    timeouts: callTimeoutSeconds,
    withoutAddress: {
      reason: 'It names no program: an extension of Zed provides it.',
      advice: 'to run it here, give it the command that the extension runs.',
    },
  },
  continue: {
    ...plain,
    dialect: 'continue',
    timeouts: [{ key: 'connectionTimeout', unitMs: milliseconds, bound: 'startMs' }],
  },
  codex: {
    ...plain,
    timeouts: [
      { key: 'startup_timeout_sec', unitMs: seconds, bound: 'startMs' },
      { key: 'startup_timeout_ms', unitMs: milliseconds, bound: 'startMs' },
      { key: 'tool_timeout_sec', unitMs: seconds, bound: 'callMs' },
    ],
    allowKeys: ['enabled_tools'],
    denyKeys: ['disabled_tools'],
  },
  gemini: {
    ...plain,
    dialect: 'gemini',
    urlKeys: [
      { key: 'httpUrl', implies: 'http' },
      { key: 'url', implies: 'sse' },
      { key: 'serverUrl', implies: null },
    ],
    timeouts: callTimeoutMs,
    allowKeys: ['includeTools'],
    denyKeys: ['excludeTools'],
  },
  antigravity: {
    ...plain,
    urlKeys: [
      { key: 'serverUrl', implies: null },
      { key: 'url', implies: null },
      { key: 'httpUrl', implies: 'http' },
    ],
    denyKeys: ['disabledTools'],
  },
  goose: {
    ...plain,
    commandKeys: ['cmd', 'command'],
    envKeys: ['envs', 'env'],
    urlKeys: [
      { key: 'uri', implies: null },
      { key: 'url', implies: null },
    ],
    timeouts: callTimeoutSeconds,
    allowKeys: ['available_tools'],
  },
  opencode: {
    ...plain,
    dialect: 'opencode',
    envKeys: ['environment', 'env'],
    timeouts: [{ key: 'timeout', unitMs: milliseconds, bound: 'startMs' }],
  },
  amazonq: {
    ...plain,
    dialect: 'cursor',
    timeouts: callTimeoutMs,
    denyKeys: ['disabledTools'],
  },
  kiro: {
    ...plain,
    dialect: 'claude-code',
    timeouts: callTimeoutMs,
    denyKeys: ['disabledTools'],
  },
  junie: plain,
  librechat: {
    ...plain,
    dialect: 'librechat',
    timeouts: [
      { key: 'initTimeout', unitMs: milliseconds, bound: 'startMs' },
      { key: 'timeout', unitMs: milliseconds, bound: 'callMs' },
    ],
  },
}
