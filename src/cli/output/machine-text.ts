import type {
  Evidence,
  KeepReason,
  MachineLimit,
  MachineServer,
  ReapOutcome,
} from '../../shared/domain/machine.ts'
import { assertNever } from '../../shared/lib/assert-never.ts'
import { commandLine, counted, durationText } from './server-text.ts'
import { printable } from './terminal.ts'

/** The columns of `ps`. */
export const machineColumns = [
  'PID',
  'NAME',
  'STATE',
  'CLIENT',
  'AGE',
  'CPU TIME',
  'MEMORY',
  'PROCESSES',
  'EVIDENCE',
]

/** A server of the machine as a row of `ps`. */
export function machineRow(server: MachineServer, now: number): readonly string[] {
  return [
    String(server.pid),
    server.name,
    stateText(server),
    server.client === null ? '-' : `${server.client.name} (${server.client.pid})`,
    server.startedAt === null ? '-' : durationText(Math.max(0, now - server.startedAt)),
    `${(server.cpuMs / 1000).toFixed(1)} s`,
    memoryText(server.memoryBytes),
    String(server.tree.length),
    evidenceTexts(server),
  ]
}

/** Orphan, older copy, who runs it, or how many run of it. */
function stateText(server: MachineServer): string {
  if (server.isOrphan) return 'orphan'
  if (server.isSurplus) return 'older copy'
  const own = server.evidence.find(({ kind }) => kind === 'ours')
  if (own?.kind === 'ours') return own.run === 'here' ? 'runs here' : 'other manager'
  if (server.isUnsure) return 'unsure'
  return server.copies > 1 ? `1 of ${server.copies}` : 'in use'
}

/** Why a tree is taken for a server; a name adds nothing to better evidence. */
function evidenceTexts({ evidence, isUnsure }: MachineServer): string {
  const isNamedOnly = evidence.length === 1
  return [
    ...evidence.filter(({ kind }) => isNamedOnly || kind !== 'known-package').map(evidenceText),
    ...(isUnsure ? ['who talks to it cannot be told'] : []),
  ].join('; ')
}

/** Why it ends by itself only. */
export function doubtText({ isUnsure }: MachineServer): string {
  return isUnsure
    ? 'Whether anybody still talks to it cannot be told.'
    : 'Only its name says that it is an MCP server.'
}

function evidenceText(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'ours':
      return {
        here: 'runs in MCP Manager',
        elsewhere: 'runs in another MCP Manager',
        leftover: 'left behind by MCP Manager',
      }[evidence.run]
    case 'definition': {
      const [place] = evidence.places
      const more = evidence.places.length > 1 ? ` and ${evidence.places.length - 1} more` : ''
      return `matches ${place?.name ?? ''} in ${place?.file ?? 'MCP Manager'}${more}`
    }
    case 'client-child':
      return evidence.isClientAlive
        ? `talks to ${evidence.client}`
        : `was started by ${evidence.client}, which has ended`
    case 'known-package':
      return `likely, by the name ${evidence.name}`
    default:
      return assertNever(evidence)
  }
}

/** Exactly what would be ended: each process with its whole command, and why. */
export function targetLines(server: MachineServer, homeDir: string): readonly string[] {
  const state = stateText(server)
  return [
    `${server.name} (${state}; ${evidenceTexts(server)})`,
    ...server.tree.map(
      ({ pid, depth, command, args }) =>
        `  ${'  '.repeat(depth)}${pid} ${shortHome(oneLine(commandLine(command, args)), homeDir)}`,
    ),
  ]
}

function oneLine(text: string): string {
  return printable(text).replaceAll(/[\n\t]/g, ' ')
}

function shortHome(text: string, homeDir: string): string {
  return homeDir === '' ? text : text.replaceAll(`${homeDir}/`, '~/')
}

/** Why a server is not ended from here, as a sentence. */
export const keepTexts: Readonly<Record<KeepReason, string>> = {
  'ours-runs': 'MCP Manager runs it; stop it with: mcp-manager stop NAME',
  'another-manager': 'another MCP Manager runs it',
  'holds-client': 'a client, or MCP Manager itself, runs below it',
  'not-permitted': 'it belongs to another user',
}

/** What this system does not show, as sentences. */
export const limitTexts: Readonly<Record<MachineLimit, string>> = {
  'no-pipes':
    'This system does not show which pipes are open: an orphan is told by its lost parent, a client’s server by its name.',
  'no-directories': 'This system does not show working directories.',
  'no-marks': 'This system does not show what an earlier MCP Manager left behind.',
  'other-users': 'There are processes of other users, of which only a part can be seen.',
}

/** What became of one target, in words. */
export const outcomeTexts: Readonly<Record<ReapOutcome, string>> = {
  ended: 'ended',
  killed: 'killed: it ignored SIGTERM',
  gone: 'was gone already',
  changed: 'left alone: it is not what it was when it was looked at',
  refused: 'left alone: its only evidence is a name; end it by itself',
  'not-permitted': 'not permitted by the system',
  survived: 'still there after SIGKILL',
}

/** Memory as people read it. */
export function memoryText(bytes: number): string {
  const megabytes = bytes / 1e6
  return megabytes < 999.5 ? `${Math.round(megabytes)} MB` : `${(megabytes / 1000).toFixed(1)} GB`
}

/** `3 servers with 7 processes, 412 MB`. */
export function totalText(servers: readonly MachineServer[]): string {
  const processes = servers.reduce((sum, { tree }) => sum + tree.length, 0)
  const bytes = servers.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0)
  return `${counted(servers.length, 'server')} with ${counted(processes, 'process', 'processes')}, ${memoryText(bytes)}`
}
