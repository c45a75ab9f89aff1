import { isRecord } from '../../shared/lib/json.ts'
import { nobody, type TreeMemory, withoutLeader } from './process-tree.ts'

/** A process by number and start. */
export type ProcessIdentity = readonly [pid: number, startMark: string]

/** What a host writes down of its servers' processes, line by line: into its ledger, and to its watchdog. */
export type RunRecord =
  | {
      readonly kind: 'owner'
      /** As in the environment of every server. */
      readonly mark: string
      /** Of the system's present boot; empty where starts are told by the calendar. */
      readonly bootId: string
    }
  | {
      readonly kind: 'run'
      readonly runId: string
      readonly serverName: string
      /** `nobody` where its number is free. */
      readonly leaderPid: number
      readonly leaderStart: string | null
    }
  | {
      readonly kind: 'seen'
      readonly runId: string
      readonly came: readonly ProcessIdentity[]
      readonly went: readonly number[]
    }
  | { readonly kind: 'ended'; readonly runId: string }
  /** All has been stopped, and what follows is no accident. */
  | { readonly kind: 'bye' }

/** A record as a line, with its end. */
export function formatRunRecord(record: RunRecord): string {
  return `${JSON.stringify(record)}\n`
}

/** The record of a line; undefined for any other line, such as one that was cut off. */
export function parseRunRecord(line: string): RunRecord | undefined {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    // A line that was not written to its end tells nothing.
    return undefined
  }
  return isRecord(value) ? toRunRecord(value) : undefined
}

function toRunRecord(value: Readonly<Record<string, unknown>>): RunRecord | undefined {
  const { kind, mark, bootId, runId, serverName, leaderPid, leaderStart, came, went } = value
  if (kind === 'bye') return { kind }
  if (kind === 'owner') return isText(mark) && isText(bootId) ? { kind, mark, bootId } : undefined
  if (!isText(runId)) return undefined
  switch (kind) {
    case 'run':
      return isText(serverName) &&
        (isPid(leaderPid) || leaderPid === nobody) &&
        (isText(leaderStart) || leaderStart === null)
        ? { kind, runId, serverName, leaderPid, leaderStart }
        : undefined
    case 'seen':
      return isListOf(came, isIdentity) && isListOf(went, isPid)
        ? { kind, runId, came, went }
        : undefined
    case 'ended':
      return { kind, runId }
    default:
      return undefined
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isPid(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 1
}

function isIdentity(value: unknown): value is ProcessIdentity {
  return Array.isArray(value) && value.length === 2 && isPid(value[0]) && isText(value[1])
}

function isListOf<T>(value: unknown, isItem: (item: unknown) => item is T): value is readonly T[] {
  return Array.isArray(value) && value.every(isItem)
}

/** A run as its records tell it. */
export interface KnownRun {
  readonly runId: string
  readonly serverName: string
  readonly tree: TreeMemory
}

/** What the records say so far. */
export class KnownRuns {
  #owner: Extract<RunRecord, { kind: 'owner' }> | null = null
  #isOver = false
  readonly #runs = new Map<string, KnownRun>()

  /** Of whom the records are, or null where that was not told. */
  get owner(): Extract<RunRecord, { kind: 'owner' }> | null {
    return this.#owner
  }

  /** The host said that all is stopped. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** The runs that have not ended. */
  get runs(): readonly KnownRun[] {
    return [...this.#runs.values()]
  }

  /** Takes one more record. */
  apply(record: RunRecord): void {
    switch (record.kind) {
      case 'owner':
        this.#owner = record
        return
      case 'run': {
        const { runId, serverName, leaderPid, leaderStart } = record
        const seen = new Map(leaderStart === null ? [] : [[leaderPid, leaderStart]])
        const tree = { leaderPid, leaderStart, hasLeaderEnded: false, seen }
        this.#runs.set(runId, { runId, serverName, tree })
        return
      }
      case 'seen': {
        const run = this.#runs.get(record.runId)
        if (run === undefined) return
        const seen = new Map(run.tree.seen)
        for (const pid of record.went) seen.delete(pid)
        for (const [pid, startMark] of record.came) seen.set(pid, startMark)
        const { leaderPid } = run.tree
        const leaderStart = run.tree.leaderStart ?? seen.get(leaderPid) ?? null
        const tree = { ...run.tree, leaderStart, seen }
        const isFree = record.went.includes(leaderPid)
        this.#runs.set(record.runId, { ...run, tree: isFree ? withoutLeader(tree) : tree })
        return
      }
      case 'ended':
        this.#runs.delete(record.runId)
        return
      case 'bye':
        this.#isOver = true
    }
  }

  /** The fewest records that say the same. */
  records(): readonly RunRecord[] {
    const runs = this.runs.flatMap(({ runId, serverName, tree }): RunRecord[] => [
      {
        kind: 'run',
        runId,
        serverName,
        leaderPid: tree.leaderPid,
        leaderStart: tree.leaderPid === nobody ? null : tree.leaderStart,
      },
      { kind: 'seen', runId, came: [...tree.seen], went: [] },
    ])
    return this.#owner === null ? runs : [this.#owner, ...runs]
  }
}
