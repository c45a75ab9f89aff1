import { expect, it } from 'vitest'
import { LogMemory } from '../../../../src/core/logs/log-memory.ts'
import { type ServerId, serverIdSchema } from '../../../../src/shared/domain/ids.ts'

const quiet = serverIdSchema.parse('srv_0000000000000000')
const loud = serverIdSchema.parse('srv_1111111111111111')

function push(memory: LogMemory, serverId: ServerId, seq: number, text: string): void {
  memory.push({ serverId, seq, at: seq, source: 'stderr', level: 'info', text, protocol: null })
}

it('lets the server that keeps most lose its oldest lines when all keep too much', () => {
  const memory = new LogMemory(100_000)
  for (let seq = 1; seq <= 10; seq += 1) push(memory, quiet, seq, 'a word')
  for (let seq = 1; seq <= 500; seq += 1) push(memory, loud, seq, 'x'.repeat(750))
  expect(memory.tail(quiet, 100)).toHaveLength(10)
  const kept = memory.tail(loud, 1_000)
  expect(kept.at(-1)?.seq).toBe(500)
  // A line counts as its text and 250 bytes.
  expect(kept).toHaveLength(97)
  expect(memory.appended).toBe(510)
})
