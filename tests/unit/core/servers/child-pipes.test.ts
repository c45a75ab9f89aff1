import { PassThrough } from 'node:stream'
import { expect, test, vi } from 'vitest'
import { readPipes } from '../../../../src/core/servers/child-pipes.ts'
import { ServerLog } from '../../../../src/core/servers/server-log.ts'
import type { ServerProcess } from '../../../../src/core/servers/server-process.ts'
import { createServerId } from '../../../../src/core/servers/server-registry.ts'
import type { Exit } from '../../../../src/shared/domain/server-state.ts'

/** The pipes of a child that ends when the test says so. */
function openChild() {
  const exited = Promise.withResolvers<Exit>()
  const child = {
    stdin: new PassThrough(),
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    exited: exited.promise,
    exit: null as Exit | null,
  }
  const log = new ServerLog(createServerId(), { append: () => {}, now: () => 0, redact: (t) => t })
  // What it has is all that the pipes look at.
  const pipes = readPipes(child as unknown as ServerProcess, log)
  return {
    pipes,
    endPipes: () => {
      child.stdout.end()
      child.stderr.end()
    },
    exit: (exit: Exit) => {
      child.exit = exit
      exited.resolve(exit)
    },
  }
}

test('how a process ended is told though the system is late to say so', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { pipes, endPipes, exit } = openChild()
  endPipes()
  const told = pipes.exitWithin(40)
  await vi.advanceTimersByTimeAsync(150)
  exit({ code: null, signal: 'SIGKILL' })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(await told).toEqual({ code: null, signal: 'SIGKILL' })
  vi.useRealTimers()
})

test('a process that lives on is not waited for longer', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { pipes, exit } = openChild()
  const told = pipes.exitWithin(40)
  await vi.advanceTimersByTimeAsync(45)
  expect(await told).toBeNull()
  exit({ code: 0, signal: null })
  vi.useRealTimers()
})
