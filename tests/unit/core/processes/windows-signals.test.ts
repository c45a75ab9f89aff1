import { expect, test, vi } from 'vitest'
import { systemProgram } from '../../../../src/core/processes/native/system-program.ts'
import type { ProcessCalls } from '../../../../src/core/processes/native/windows-process-calls.ts'
import {
  type AskProcesses,
  askVerified,
  terminateVerified,
} from '../../../../src/core/processes/native/windows-signals.ts'

/** Processes by number and start; 13 may be opened and not be ended. Each has its number for a handle. */
function machine(processes: Readonly<Record<number, string>>) {
  const open = new Set<number>()
  const terminate = vi.fn<ProcessCalls['terminate']>((handle) => handle !== 13)
  const calls: ProcessCalls = {
    open: (_access, pid) => {
      if (processes[pid] === undefined) return null
      open.add(pid)
      return pid
    },
    close: (handle) => void open.delete(Number(handle)),
    times: (handle) => ({ started: processes[Number(handle)] ?? '', onProcessor: 0n }),
    terminate,
  }
  return { calls, open, terminate }
}

const targets = [
  { pid: 10, startMark: '100' },
  // Its number belongs to another one by now.
  { pid: 11, startMark: '100' },
  { pid: 12, startMark: '100' },
  { pid: 13, startMark: '100' },
  { pid: 14, startMark: null },
]
const processes = { 10: '100', 11: '999', 13: '100', 14: '5' }

test('only what is still the process of its start is ended, and what cannot be is told', () => {
  const { calls, open, terminate } = machine(processes)
  expect([...terminateVerified(targets, calls)]).toEqual([12, 13])
  expect(terminate.mock.calls).toEqual([[10], [13], [14]])
  expect(open.size).toBe(0)
})

test('a request goes to these alone, and their numbers are held until it is over', async () => {
  const { calls, open, terminate } = machine(processes)
  const asked: [readonly number[], number][] = []
  const ask = async (pids: readonly number[]) => void asked.push([pids, open.size])
  expect([...(await askVerified(targets, calls, ask))]).toEqual([12])
  expect(asked).toEqual([[[10, 13, 14], 3]])
  expect(terminate).not.toHaveBeenCalled()
  expect(open.size).toBe(0)
})

test('nobody is asked where nobody is left', async () => {
  const { calls } = machine({})
  const ask = vi.fn<AskProcesses>(async () => {})
  await askVerified(targets, calls, ask)
  expect(ask).not.toHaveBeenCalled()
})

test('programs of the system are named by their whole path', () => {
  expect(systemProgram({ SystemRoot: 'D:\\WINDOWS' }, 'taskkill.exe')).toBe(
    'D:\\WINDOWS\\System32\\taskkill.exe',
  )
})
