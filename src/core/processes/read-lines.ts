import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { LineSplitter } from '../logs/line-splitter.ts'
import { retryBusy } from './retry-busy.ts'

/** A program that is run for the lines that it prints. */
export interface LineSource {
  readonly command: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  /** Of a longer line only the beginning is given, in bytes. */
  readonly maxLineBytes: number
}

/**
 * Runs a program to its end and hands on each line as it comes: however much it prints, no more than a line is held here.
 * Rejects where it cannot be started or does not end with 0.
 */
export async function readLines(source: LineSource, onLine: (text: string) => void): Promise<void> {
  // Before its first line nothing was told, so a start may be tried again.
  const child = await retryBusy(async () => {
    const { command, args, env } = source
    const started = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'ignore'] })
    await once(started, 'spawn')
    return started
  })
  const splitter = new LineSplitter(({ text }) => onLine(text), source.maxLineBytes)
  child.stdout.on('data', (chunk: Buffer) => splitter.push(chunk))
  const [code, signal] = await once(child, 'close')
  if (code !== 0) throw new Error(`${source.command} ended with ${signal ?? code}`)
  splitter.end()
}

/** Runs ps(1). */
export async function readPsLines(
  args: readonly string[],
  maxLineBytes: number,
  onLine: (text: string) => void,
): Promise<void> {
  // LC_ALL: months and days have their English names. TZ: a start keeps its name when the clocks change.
  const env = { LC_ALL: 'C', TZ: 'UTC' }
  await readLines({ command: '/bin/ps', args, env, maxLineBytes }, onLine)
}
