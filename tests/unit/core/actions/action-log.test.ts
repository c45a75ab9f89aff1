import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openActionLog } from '../../../../src/core/actions/action-log.ts'
import type { ActionEvent } from '../../../../src/shared/contract/actions.ts'
import type { NewAction } from '../../../../src/shared/domain/automatic-action.ts'
import type { ErrorInfo } from '../../../../src/shared/domain/errors.ts'

let directory: string
let file: string
let notices: ErrorInfo[]
let faults: unknown[]

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mcp-manager-actions-'))
  file = join(directory, 'actions.json')
  notices = []
  faults = []
})
afterEach(async () => {
  vi.useRealTimers()
  await rm(directory, { recursive: true, force: true })
})

const open = () =>
  openActionLog({
    file,
    now: () => 7,
    onNotice: (notice) => notices.push(notice),
    onFault: (error) => faults.push(error),
  })
const reap = (pid: number): NewAction => ({
  kind: 'reap',
  serverId: null,
  serverName: null,
  heldBack: false,
  pids: [pid],
})
const pidsIn = (log: Awaited<ReturnType<typeof open>>) =>
  log.list().map((action) => (action.kind === 'reap' ? action.pids[0] : null))

test('what was noted is told, and is there after a restart', async () => {
  const log = await open()
  const told: ActionEvent[] = []
  log.onDidChange((event) => told.push(event))
  log.record(reap(1))
  log.record(reap(2))
  expect(told).toMatchObject([
    { type: 'action', action: { kind: 'reap', pids: [1], at: 7 } },
    { type: 'action', action: { pids: [2] } },
  ])
  expect(new Set(log.list().map(({ id }) => id)).size).toBe(2)
  await log.close()
  const again = await open()
  expect(again.list()).toEqual(log.list())
})

test('many actions in a short time are written once', async () => {
  const log = await open()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  for (let pid = 0; pid < 100; pid += 1) log.record(reap(pid))
  expect(vi.getTimerCount()).toBe(1)
  vi.useRealTimers()
  await log.close()
  expect(pidsIn(await open())).toHaveLength(100)
})

test('only the newest 500 are kept', async () => {
  const log = await open()
  for (let pid = 0; pid < 510; pid += 1) log.record(reap(pid))
  expect(log.list()).toHaveLength(500)
  expect(pidsIn(log).at(0)).toBe(10)
  await log.close()
  expect(pidsIn(await open()).at(-1)).toBe(509)
})

test('to clear forgets them on disk as well, and is told', async () => {
  const log = await open()
  log.record(reap(1))
  const told: ActionEvent[] = []
  log.onDidChange((event) => told.push(event))
  await log.clear()
  expect(told).toEqual([{ type: 'cleared' }])
  expect((await open()).list()).toEqual([])
})

test('a damaged file is kept aside and said, and the log begins anew', async () => {
  await writeFile(file, '{"version": 1, "data": {"actions": [{"kind": "none"}]}}')
  expect((await open()).list()).toEqual([])
  expect(notices).toMatchObject([{ code: 'state_corrupt', data: { file } }])
})

test('where it cannot be written, that is told and the actions stay in memory', async () => {
  file = join(directory, 'no-folder', 'actions.json')
  const log = await open()
  // Where its folder is to be, there is a file.
  await writeFile(join(directory, 'no-folder'), '')
  log.record(reap(1))
  await log.close()
  expect(faults).toMatchObject([{ code: 'state_read_only' }])
  expect(pidsIn(log)).toEqual([1])
})
