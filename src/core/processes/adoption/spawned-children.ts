import type { ChildProcess } from 'node:child_process'
import { subscribe } from 'node:diagnostics_channel'

/**
 * The children that Node itself started on this thread, and collects. Whoever waited for one of them would keep its end from
 * Node for ever. No other thread of this program starts processes.
 */
export class SpawnedChildren {
  readonly #children = new Set<ChildProcess>()

  constructor() {
    // Told of each child before it is spawned (Node's documentation, "diagnostics_channel", built-in channels).
    subscribe('child_process', this.#onChild)
  }

  /** Whether Node waits for the process of this number now. */
  has(pid: number): boolean {
    for (const child of this.#children) if (child.pid === pid) return true
    return false
  }

  // A property: the channel holds its listeners weakly no longer than it is told to, and is never unsubscribed from.
  readonly #onChild = (message: unknown): void => {
    // The channel's own promise about its message.
    const { process: child } = message as { readonly process: ChildProcess }
    this.#children.add(child)
    // 'exit' comes when it has been collected. An 'error' without a number: it was never started.
    child.once('exit', () => this.#children.delete(child))
    child.once('error', () => {
      if (child.pid === undefined) this.#children.delete(child)
    })
  }
}
