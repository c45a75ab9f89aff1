import { describeServers } from '../../../../src/core/machine/describe-servers.ts'
import { maskedCommand } from '../../../../src/core/machine/masked-command.ts'
import { knownDefinition } from '../../../../src/core/machine/match-definition.ts'
import type { ProcessDetails } from '../../../../src/core/machine/process-details.ts'
import {
  type MachineFacts,
  recogniseServers,
} from '../../../../src/core/machine/recognise-servers.ts'
import type { ProcessEntry } from '../../../../src/core/processes/process-entry.ts'
import type { ServerId } from '../../../../src/shared/domain/ids.ts'
import type { MachineServer } from '../../../../src/shared/domain/machine.ts'

/** A process of a machine that there is not. */
export interface FakeProcess extends Partial<Omit<ProcessDetails, 'args'>> {
  readonly pid: number
  readonly parent: number
  readonly args: readonly string[]
  readonly start?: string
  /** Nothing of it can be read but its entry in the table. */
  readonly hidden?: boolean
}

/** What is on the machine beside its processes. The host is process 100, below `systemd` and a shell. */
export interface FakeMachine {
  /** Inputs that nobody holds the other end of. */
  readonly closed?: readonly string[]
  /** Inputs of which that cannot be told. */
  readonly untold?: readonly string[]
  /** The system shows pipes; by default it does. */
  readonly showsPipes?: boolean
  readonly ownLeaders?: ReadonlyMap<number, ServerId>
  readonly remembered?: ReadonlyMap<string, string>
  readonly definitions?: Readonly<Record<string, readonly string[]>>
  readonly serverIds?: Readonly<Record<string, ServerId>>
}

/** The mark of the host's servers. */
export const hostMark = 'dir:100:1:run'
const surroundings: readonly FakeProcess[] = [
  { pid: 1, parent: 0, args: ['/sbin/init'] },
  { pid: 50, parent: 1, args: ['bash'], isPiped: false },
  { pid: 100, parent: 50, args: ['node', 'cli.js', 'serve'] },
]

/** What the host makes of a machine with these processes. */
export function serversOf(
  processes: readonly FakeProcess[],
  machine: FakeMachine = {},
): MachineServer[] {
  const all = [...surroundings, ...processes]
  const facts: MachineFacts = {
    entries: all.map(entryOf),
    details: new Map(
      all.filter(({ hidden }) => hidden !== true).map((one) => [one.pid, detailsOf(one)]),
    ),
    definitions: Object.entries(machine.definitions ?? {}).map(([name, [command = '', ...args]]) =>
      knownDefinition(
        {
          name,
          project: null,
          dialect: 'claude-code',
          transport: { type: 'stdio', command, args, env: {}, cwd: null, envFile: null },
        },
        machine.serverIds?.[name] ?? null,
        [{ name, client: 'claude-json', file: '/home/me/.claude.json' }],
      ),
    ),
    ownLeaders: machine.ownLeaders ?? new Map(),
    hostPid: 100,
    hostMark,
    remembered: machine.remembered ?? new Map(),
  }
  const inputs = all
    .map(({ pid }) => `pipe:[${pid}]`)
    .filter((input) => machine.untold?.includes(input) !== true)
    .map((input) => [input, machine.closed?.includes(input) === true ? 'closed' : 'open'] as const)
  return describeServers(recogniseServers(facts), facts, {
    inputs: machine.showsPipes === false ? null : new Map(inputs),
    mask: maskedCommand,
    digest: (text) => text,
    startedAt: Number,
    cpuShare: () => null,
    nameOf: () => null,
  })
}

function entryOf({ pid, parent, start = '1000' }: FakeProcess): ProcessEntry {
  return {
    pid,
    parentPid: parent,
    groupId: pid,
    sessionId: pid,
    startMark: pid <= 100 ? '1' : start,
    cpuMs: 10,
    memoryBytes: 1_000,
  }
}

function detailsOf({ pid, args, ...rest }: FakeProcess): ProcessDetails {
  return {
    args,
    executable: null,
    cwd: null,
    script: null,
    mayEnd: true,
    ownerMark: null,
    isPiped: true,
    input: `pipe:[${pid}]`,
    ...rest,
  }
}
