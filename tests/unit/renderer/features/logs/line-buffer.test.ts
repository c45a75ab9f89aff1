import { describe, expect, test } from 'vitest'
import { LineBuffer } from '../../../../../src/renderer/features/logs/line-buffer.ts'
import { makeLine } from './make-line.ts'

const seqs = (buffer: LineBuffer) => {
  const found: number[] = []
  for (let id = buffer.firstId; id < buffer.endId; id += 1) {
    const row = buffer.get(id)
    if (row !== undefined && 'seq' in row) found.push(row.seq)
  }
  return found
}
const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => makeLine({ seq: from + index }))

describe('LineBuffer', () => {
  test('rows keep their ids while others come before, after and go', () => {
    const buffer = new LineBuffer(5)
    for (const line of lines(10, 13)) buffer.append(line)
    const id = buffer.firstId
    buffer.prepend(lines(8, 10))
    expect(seqs(buffer)).toEqual([8, 9, 10, 11, 12])
    expect(buffer.get(id)).toMatchObject({ seq: 10 })
    buffer.append(makeLine({ seq: 13 }))
    expect(seqs(buffer)).toEqual([9, 10, 11, 12, 13])
    expect(buffer.get(id)).toMatchObject({ seq: 10 })
    expect(buffer.get(buffer.firstId - 1)).toBeUndefined()
    expect(buffer.get(buffer.endId)).toBeUndefined()
  })

  test('of older rows that do not all fit, the newest are taken', () => {
    const buffer = new LineBuffer(4)
    for (const line of lines(10, 12)) buffer.append(line)
    buffer.prepend(lines(1, 10))
    expect(seqs(buffer)).toEqual([8, 9, 10, 11])
    expect(buffer.room).toBe(0)
  })

  test('holds what it is made for, over many doublings in both directions', () => {
    const buffer = new LineBuffer(100_000)
    for (const line of lines(50_000, 90_000)) buffer.append(line)
    buffer.prepend(lines(10_000, 50_000))
    for (const line of lines(90_000, 120_000)) buffer.append(line)
    const all = seqs(buffer)
    expect(all).toHaveLength(100_000)
    expect(all[0]).toBe(20_000)
    expect(all.at(-1)).toBe(119_999)
    expect(all.every((seq, index) => seq === 20_000 + index)).toBe(true)
  })

  test('the oldest line is found behind a gap', () => {
    const buffer = new LineBuffer(4)
    expect(buffer.firstLine()).toBeUndefined()
    buffer.append({ dropped: 3, at: 0 })
    buffer.append(makeLine({ seq: 7 }))
    expect(buffer.firstLine()).toMatchObject({ seq: 7 })
  })
})
