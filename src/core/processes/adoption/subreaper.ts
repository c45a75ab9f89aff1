import { bindLinuxCalls } from '../native/linux-calls.ts'
import type { Zombie } from '../process-entry.ts'
import { readProcesses } from '../process-table.ts'
import { dropOwnDescentTag } from './descent-tag.ts'
import { SpawnedChildren } from './spawned-children.ts'

/** This process as the parent of what its descendants orphan. */
export interface Subreaper {
  /** Whether it is a child of this process that somebody here waits for: Node, or whoever started it before. */
  readonly isAwaited: (child: Zombie) => boolean
  /** Collects an adopted child that has ended; leaves one that is awaited alone. */
  readonly collect: (child: Zombie) => void
}

let opening: Promise<Subreaper> | null = null

/** Makes this process a subreaper (prctl(2)), once, for as long as it lives. Rejects where the system does not let it. Linux only. */
export function openSubreaper(): Promise<Subreaper> {
  opening ??= open()
  return opening
}

async function open(): Promise<Subreaper> {
  const spawned = new SpawnedChildren()
  const calls = await bindLinuxCalls()
  const { live, zombies } = await readProcesses()
  const children = [...live, ...zombies].filter(({ parentPid }) => parentPid === process.pid)
  // Nobody knows who waits for these.
  const earlier = new Set(children.map(keyOf))
  dropOwnDescentTag()
  calls.becomeSubreaper()
  const isAwaited = (child: Zombie) => earlier.has(keyOf(child)) || spawned.has(child.pid)
  return {
    isAwaited,
    collect: (child) => {
      // Asked in one go with the call: Node may have started a process of this number since the look.
      if (!isAwaited(child)) calls.collect(child.pid)
    },
  }
}

/** What tells a process from all others. */
export function keyOf({ pid, startMark }: Pick<Zombie, 'pid' | 'startMark'>): string {
  return `${pid} ${startMark}`
}
