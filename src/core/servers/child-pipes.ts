import type { Readable } from 'node:stream'
import type { Exit } from '../../shared/domain/server-state.ts'
import { levelOfLine } from '../logs/level-of-line.ts'
import { LineSplitter } from '../logs/line-splitter.ts'
import type { ServerLog } from './server-log.ts'
import type { ServerProcess } from './server-process.ts'
import { StdioTransport } from './stdio-transport.ts'
import { hasExitedWithin } from './stop-sequence.ts'
import { TurnReader } from './turn-reader.ts'

/**
 * How long after its end the pipes of a process are read; a descendant that holds them would make that for ever. Calls in
 * flight fail after it.
 */
const drainMs = 40
/** How long after its pipes a process may end. */
export const exitLagMs = 200

/** The pipes of a child that are read. */
export interface ChildPipes {
  readonly transport: StdioTransport
  /** The process has ended, and all that it wrote has been read. */
  readonly drained: Promise<void>
  /**
   * How the process ended, once all that it wrote has been read; null where it did not end within the limit, in milliseconds. One
   * whose pipes have both ended is ending: it is waited for, since a busy machine may tell of its exit late.
   */
  readonly exitWithin: (limitMs: number) => Promise<Exit | null>
}

/** Reads what a child writes: stderr into the log, stdout as messages. */
export function readPipes(child: ServerProcess, log: ServerLog): ChildPipes {
  const splitter = new LineSplitter(({ text, cutBytes }) =>
    log.stderr(text, levelOfLine(text), cutBytes),
  )
  const stderr = new TurnReader(child.stderr, (chunk) => {
    splitter.push(chunk)
    return null
  })
  const transport = new StdioTransport(child, log)
  const drained = child.exited.then(async () => {
    // What the child wrote last is still in the pipes; they end by themselves unless a descendant holds them.
    await Promise.race([ended(child), delay(drainMs)])
    stderr.finish()
    splitter.end()
    transport.end()
  })
  const exitWithin = async (limitMs: number): Promise<Exit | null> => {
    await Promise.race([drained, delay(limitMs)])
    if (child.stdout.readableEnded && child.stderr.readableEnded) {
      await hasExitedWithin(child, exitLagMs)
    }
    return child.exit
  }
  return { transport, drained, exitWithin }
}

async function ended(child: ServerProcess): Promise<void> {
  await Promise.all([closed(child.stdout), closed(child.stderr)])
}

async function closed(stream: Readable): Promise<void> {
  if (stream.closed) return
  await new Promise((resolve) => {
    stream.once('close', resolve)
  })
}

/** Settles after a time in milliseconds, and after what came in meanwhile was read: of a thread that was kept waiting, the timers run first. */
function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => setImmediate(resolve), ms)
  })
}
