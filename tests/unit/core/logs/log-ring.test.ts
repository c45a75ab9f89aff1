import { expect, it } from 'vitest'
import { LogRing, type OrderedLine } from '../../../../src/core/logs/log-ring.ts'
import { serverIdSchema } from '../../../../src/shared/domain/ids.ts'

const serverId = serverIdSchema.parse('srv_0000000000000000')

function item(seq: number, text = String(seq)): OrderedLine {
  const line = { serverId, seq, at: seq, source: 'stderr', level: 'info', text } as const
  return { order: seq, line: { ...line, protocol: null } }
}

function ringOf(count: number, text?: string): LogRing {
  const ring = new LogRing()
  for (let seq = 1; seq <= count; seq += 1) ring.push(item(seq, text))
  return ring
}

it('keeps the newest 20,000 lines', () => {
  const lines = ringOf(20_005).toArray()
  expect(lines).toHaveLength(20_000)
  expect(lines[0]?.line.seq).toBe(6)
})

it('keeps at most 32 Mi characters, however long the lines are', () => {
  expect(ringOf(1000, 'x'.repeat(64 * 1024)).toArray()).toHaveLength(512)
})

it('gives the lines after a sequence number', () => {
  const ring = ringOf(20_005)
  expect(ring.after(20_003).map((held) => held.line.seq)).toEqual([20_004, 20_005])
  expect(ring.after(20_005)).toEqual([])
  expect(ring.after(30_000)).toEqual([])
  expect(ring.after(0)[0]?.line.seq).toBe(6)
  expect(new LogRing().after(0)).toEqual([])
})
