import { createHmac, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { ServerId } from '../../shared/domain/ids.ts'
import type { MachineLimit, MachineSnapshot } from '../../shared/domain/machine.ts'
import type { ProcessEntry } from '../processes/process-entry.ts'
import { readProcessTable } from '../processes/process-table.ts'
import { systemConstants } from '../processes/system-constants.ts'
import { describeServers } from './describe-servers.ts'
import { createLinuxReader } from './linux-details.ts'
import { type InputState, readInputStates } from './linux-pipes.ts'
import { type MaskedCommand, maskedCommand } from './masked-command.ts'
import type { KnownDefinition } from './match-definition.ts'
import type { DetailsByPid } from './process-details.ts'
import { readPsDetails } from './ps-details.ts'
import {
  type MachineFacts,
  processKey,
  type RecognisedServer,
  recogniseServers,
} from './recognise-servers.ts'
import { createWindowsReader } from './windows-details.ts'

/** Where a look takes from what is no process. */
export interface MachineReaderServices {
  readonly definitions: () => Promise<readonly KnownDefinition[]>
  readonly ownLeaders: () => ReadonlyMap<number, ServerId>
  /** What this host's servers carry in their environment. */
  readonly hostMark: string
  readonly nameOf: (id: ServerId) => string | null
  readonly redact: (text: string) => string
  readonly now: () => number
}

/** Looks at the machine. It remembers from look to look what a single one cannot tell. */
export class MachineReader {
  readonly #services: MachineReaderServices
  readonly #readDetails = detailsReader()
  readonly #key = randomBytes(16)
  /** Of command lines that this look and the last one saw: masking costs more than all else, and most have several processes. */
  #masked = { now: new Map<string, MaskedCommand>(), before: new Map<string, MaskedCommand>() }
  #remembered: ReadonlyMap<string, string> = new Map()
  #lastCpu: { readonly at: number; readonly cpuMs: ReadonlyMap<string, number> } | null = null

  constructor(services: MachineReaderServices) {
    this.#services = services
  }

  /** One look. Rejects where the process table cannot be read. */
  async look(): Promise<MachineSnapshot> {
    const { services, facts, recognised } = await this.#recognise()
    const at = services.now()
    const inputs = await readInputs(recognised, facts)
    this.#masked = { now: new Map(), before: this.#masked.now }
    const before = this.#lastCpu
    const servers = describeServers(recognised, facts, {
      inputs,
      mask: (args) => this.#mask(args),
      digest: (text) => createHmac('sha256', this.#key).update(text).digest('hex').slice(0, 16),
      startedAt: startedAtReader(),
      cpuShare: (tree) => (before === null ? null : cpuShareOf(tree, before, at)),
      nameOf: services.nameOf,
    })
    this.#lastCpu = {
      at,
      cpuMs: new Map(facts.entries.map((entry) => [processKey(entry), entry.cpuMs])),
    }
    return { at, servers, limits: limitsOf(facts) }
  }

  async #recognise() {
    const services = this.#services
    const [entries, definitions] = await Promise.all([readProcessTable(), services.definitions()])
    const facts: MachineFacts = {
      entries,
      details: await this.#readDetails(entries),
      definitions,
      ownLeaders: services.ownLeaders(),
      hostPid: process.pid,
      hostMark: services.hostMark,
      remembered: this.#remembered,
    }
    const recognised = recogniseServers(facts)
    // Whose child it was: once the client has ended nothing else tells.
    this.#remembered = new Map(
      recognised.flatMap(({ root, childOf }) =>
        childOf === null ? [] : [[processKey(root), childOf.client] as const],
      ),
    )
    return { services, facts, recognised }
  }

  #mask(args: readonly string[]): MaskedCommand {
    const { now, before } = this.#masked
    const line = args.join('\0')
    const masked = now.get(line) ?? before.get(line) ?? maskedCommand(args)
    now.set(line, masked)
    const { redact } = this.#services
    return { command: redact(masked.command), args: masked.args.map(redact) }
  }
}

function detailsReader(): (entries: readonly ProcessEntry[]) => Promise<DetailsByPid> {
  switch (process.platform) {
    case 'linux':
      return createLinuxReader()
    case 'win32':
      return createWindowsReader()
    default:
      return readPsDetails
  }
}

/**
 * The inputs of servers that no client is above: a client's child is no orphan. Null where the system does not show pipes. All of
 * a tree but its first process may have any input: what the server started is not what a client talks to.
 */
async function readInputs(
  recognised: readonly RecognisedServer[],
  { details }: MachineFacts,
): Promise<ReadonlyMap<string, InputState> | null> {
  if (process.platform !== 'linux') return null
  const readers = recognised.flatMap(({ root, client, signs }) => {
    const { input = null, isPiped = null } = details.get(root.pid) ?? {}
    const isAsked = client === null && signs.own === null && isPiped === true && input !== null
    return isAsked ? [[input, root.pid] as const] : []
  })
  return await readInputStates(new Map(readers))
}

function cpuShareOf(
  tree: RecognisedServer['tree'],
  before: { readonly at: number; readonly cpuMs: ReadonlyMap<string, number> },
  at: number,
): number | null {
  const passedMs = at - before.at
  if (passedMs <= 0) return null
  const usedMs = tree.reduce(
    (sum, { entry }) => sum + entry.cpuMs - (before.cpuMs.get(processKey(entry)) ?? entry.cpuMs),
    0,
  )
  return Math.max(0, usedMs / passedMs)
}

/** The moment of 1601 from which Windows counts, in milliseconds before the Unix epoch. */
const windowsEpochMs = 11_644_473_600_000

/** Reads start marks of this system as moments. */
function startedAtReader(): (startMark: string) => number | null {
  switch (process.platform) {
    case 'linux': {
      const boot = /^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'latin1'))?.[1]
      const { ticksPerSecond } = systemConstants()
      return (mark) =>
        boot === undefined ? null : Number(boot) * 1000 + (Number(mark) * 1000) / ticksPerSecond
    }
    case 'win32':
      // 100 ns each (FILETIME).
      return (mark) => (/^\d+$/.test(mark) ? Number(mark) / 10_000 - windowsEpochMs : null)
    default:
      return (mark) => {
        const at = Date.parse(mark)
        return Number.isNaN(at) ? null : at
      }
  }
}

function limitsOf({ entries, details }: MachineFacts): MachineLimit[] {
  const limits: MachineLimit[] = []
  if (process.platform !== 'linux') limits.push('no-pipes', 'no-directories')
  if (process.platform === 'win32') limits.push('no-marks')
  const isPartial =
    process.platform === 'win32'
      ? entries.some(({ pid }) => pid > 4 && !details.has(pid))
      : [...details.values()].some(({ mayEnd }) => !mayEnd)
  if (isPartial) limits.push('other-users')
  return limits
}
