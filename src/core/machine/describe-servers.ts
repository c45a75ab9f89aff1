import type { ServerId } from '../../shared/domain/ids.ts'
import type { Evidence, KeepReason, MachineServer } from '../../shared/domain/machine.ts'
import type { InputState } from './linux-pipes.ts'
import type { MaskedCommand } from './masked-command.ts'
import type { DetailsByPid } from './process-details.ts'
import { ProcessForest, startOrder } from './process-forest.ts'
import { programName } from './program-name.ts'
import type { MachineFacts, RecognisedServer } from './recognise-servers.ts'

/** How many ancestors are named. */
const maxParents = 12

/** What describing needs beside what was recognised. */
export interface DescribeServices {
  /** Whether somebody holds the other end of an input, where that can be told; null: the system does not show pipes. */
  readonly inputs: ReadonlyMap<string, InputState> | null
  /** A command line as it may be shown. */
  readonly mask: (args: readonly string[]) => MaskedCommand
  /** A short digest that means nothing elsewhere. */
  readonly digest: (text: string) => string
  /** When a process started, in milliseconds since the Unix epoch. */
  readonly startedAt: (startMark: string) => number | null
  /** The share of one processor that a tree took since the last look. */
  readonly cpuShare: (tree: RecognisedServer['tree']) => number | null
  /** Names of this program's servers. */
  readonly nameOf: (id: ServerId) => string | null
}

/** What is shown of recognised servers: evidence, owners, copies, and what may be ended. Secrets are masked. Pure. */
export function describeServers(
  recognised: readonly RecognisedServer[],
  facts: MachineFacts,
  services: DescribeServices,
): MachineServer[] {
  const forest = new ProcessForest(facts.entries)
  const described = recognised.map((one) => describe(one, facts, forest, services))
  const groups = Map.groupBy(described, ({ identity }) => identity)
  return described.map((server) => {
    const group = groups.get(server.identity) ?? [server]
    return {
      ...server,
      copies: group.length,
      isSurplus: isCertain(server) && group.some((other) => isLaterCopy(other, server)),
    }
  })
}

function describe(
  one: RecognisedServer,
  facts: MachineFacts,
  forest: ProcessForest,
  services: DescribeServices,
): MachineServer {
  const { root, tree, client } = one
  const evidence = evidenceOf(one)
  const keep = keepReasonOf(one, facts.details)
  const hearing = hearingOf(one, facts, forest, services.inputs)
  const isOrphan = hearing === 'orphan'
  const isUnsure = hearing === 'unsure'
  const commands = new Map(
    tree.map(({ entry }) => [entry.pid, facts.details.get(entry.pid)?.args ?? []]),
  )
  const words = commands.get(root.pid) ?? []
  return {
    pid: root.pid,
    startMark: root.startMark,
    identity: services.digest(identityOf(one, words)),
    name: nameOf(one, services),
    evidence,
    tree: tree.map(({ entry, depth }) => ({
      pid: entry.pid,
      startMark: entry.startMark,
      parentPid: entry.parentPid,
      depth,
      ...services.mask(commands.get(entry.pid) ?? []),
      cpuMs: entry.cpuMs,
      memoryBytes: entry.memoryBytes,
    })),
    cwd: facts.details.get(root.pid)?.cwd ?? null,
    startedAt: services.startedAt(root.startMark),
    memoryBytes: tree.reduce((sum, { entry }) => sum + entry.memoryBytes, 0),
    cpuMs: tree.reduce((sum, { entry }) => sum + entry.cpuMs, 0),
    cpuShare: services.cpuShare(tree),
    parents: forest
      .ancestors(root.pid)
      .slice(0, maxParents)
      .map((pid) => ({ pid, name: shownName(facts.details.get(pid)?.args[0]) })),
    client,
    isOrphan,
    isUnsure,
    copies: 1,
    isSurplus: false,
    reap: keep !== null ? 'never' : isMoreThanName(evidence) && !isUnsure ? 'bulk' : 'single',
    keep,
    seen: services.digest(JSON.stringify([words, evidence.map(({ kind }) => kind), hearing])),
  }
}

function evidenceOf({ signs, childOf }: RecognisedServer): Evidence[] {
  const evidence: Evidence[] = []
  if (signs.own !== null) evidence.push({ kind: 'ours', ...signs.own })
  if (signs.definitions.length > 0) {
    evidence.push({
      kind: 'definition',
      places: signs.definitions
        .flatMap(({ places }) => places)
        .filter(
          (place, at, all) =>
            all.findIndex((one) => one.name === place.name && one.file === place.file) === at,
        ),
      serverId: signs.definitions.find(({ serverId }) => serverId !== null)?.serverId ?? null,
    })
  }
  if (childOf !== null) {
    evidence.push({ kind: 'client-child', client: childOf.client, isClientAlive: childOf.isAlive })
  }
  if (signs.packageName !== null) evidence.push({ kind: 'known-package', name: signs.packageName })
  return evidence
}

function isMoreThanName(evidence: readonly Evidence[]): boolean {
  return evidence.some(({ kind }) => kind !== 'known-package')
}

function keepReasonOf(one: RecognisedServer, details: DetailsByPid): KeepReason | null {
  if (one.signs.own?.run === 'here') return 'ours-runs'
  if (one.signs.own?.run === 'elsewhere') return 'another-manager'
  if (one.holdsClient) return 'holds-client'
  return one.tree.every(({ entry }) => details.get(entry.pid)?.mayEnd === true)
    ? null
    : 'not-permitted'
}

/** Whether anybody talks to it, as far as can be told. */
function hearingOf(
  { root, signs, client, childOf }: RecognisedServer,
  { details }: MachineFacts,
  forest: ProcessForest,
  inputs: DescribeServices['inputs'],
): 'orphan' | 'heard' | 'unsure' {
  if (signs.own !== null) return signs.own.run === 'leftover' ? 'orphan' : 'heard'
  if (client !== null) return 'heard'
  if (inputs !== null) {
    // A system that shows pipes settles it: the client of a server whose launcher died still talks to it.
    const { isPiped = null, input = null } = details.get(root.pid) ?? {}
    if (isPiped === false) return 'heard'
    const state = input === null ? undefined : inputs.get(input)
    return state === undefined ? 'unsure' : state === 'closed' ? 'orphan' : 'heard'
  }
  const parent = forest.parent(root)
  const hasLostParent = parent === null || parent.pid === 1
  const isOrphan = hasLostParent && (signs.definitions.length > 0 || childOf !== null)
  return isOrphan ? 'orphan' : 'heard'
}

function identityOf({ signs }: RecognisedServer, words: readonly string[]): string {
  return signs.definitions[0]?.identity ?? JSON.stringify(signs.programs[0] ?? words)
}

function nameOf({ signs, tree }: RecognisedServer, services: DescribeServices): string {
  const own = signs.own?.serverId ?? null
  const ownName = own === null ? null : services.nameOf(own)
  const [program] = signs.programs
  const name = ownName ?? signs.definitions[0]?.name ?? signs.packageName
  if (name !== null && name !== undefined) return name
  if (program === undefined) return `${tree[0]?.entry.pid ?? ''}`
  const text = program.key.slice(program.key.indexOf(':') + 1)
  return services.mask([program.key.startsWith('path:') ? fileName(text) : text]).command
}

/** `index.js` and `server.py` say nothing alone: the folder comes with them. */
function fileName(path: string): string {
  return path.split('/').slice(-2).join('/')
}

function shownName(command: string | undefined): string {
  if (command === undefined) return '?'
  return programName(command).slice(0, 60)
}

/** Whether what it is rests on more than being somebody's child. */
function isCertain({ evidence }: MachineServer): boolean {
  return evidence.some(({ kind }) => kind === 'definition' || kind === 'known-package')
}

/** Whether the same client started `other` later than `server`. */
function isLaterCopy(other: MachineServer, server: MachineServer): boolean {
  if (server.client === null || other.client?.pid !== server.client.pid || other === server)
    return false
  const [a, b] = [startOrder(other.startMark), startOrder(server.startMark)]
  return a > b || (a === b && other.pid > server.pid)
}
