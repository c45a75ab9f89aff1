import { expect, test } from 'vitest'
import {
  type DroppedFrame,
  type Frame,
  FrameReader,
} from '../../../../src/core/servers/frame-reader.ts'

const limit = 4 * 1024 * 1024

/** Reads bytes in pieces of one size, each with all the time it takes. */
function readIn(bytes: Buffer, size: number) {
  const frames: Frame[] = []
  const dropped: DroppedFrame[] = []
  const handlers = {
    onFrame: (frame: Frame) => frames.push(frame),
    onDropped: (frame: DroppedFrame) => dropped.push(frame),
  }
  const reader = new FrameReader(handlers, limit)
  for (let at = 0; at < bytes.length; at += size) {
    let rest: Buffer | null = bytes.subarray(at, at + size)
    while (rest !== null) rest = reader.take(rest, Number.POSITIVE_INFINITY)
  }
  return { frames, dropped }
}

const short = { id: 1, text: 'grüße' }
const long = {
  id: 2,
  result: { text: 'a "quoted" 日本語 🎉 \\n'.repeat(60_000), list: [1, true, null] },
}

test.each([65_536, 10_007])(
  'a long line comes parsed, with its beginning, in pieces of %i',
  (size) => {
    const lines = [short, long, short].map((value) => JSON.stringify(value))
    const bytes = Buffer.from(`${lines.join('\r\n')}\n`)
    const { frames, dropped } = readIn(bytes, size)
    expect(dropped).toEqual([])
    expect(frames.map(({ parsed }) => parsed?.value)).toEqual([undefined, long, undefined])
    expect(frames.map(({ text }) => text)).toEqual([
      lines[0],
      expect.stringMatching(/^\{"id":2,"result":\{"text":"a/),
      lines[2],
    ])
    const [, { text, bytes: wholeBytes } = { text: '', bytes: 0 }] = frames
    expect(text.length).toBeGreaterThan(64 * 1024)
    expect(lines[1]?.startsWith(text)).toBe(true)
    expect(text.length).toBeLessThan(600_000)
    // The carriage return is one of them.
    expect(wholeBytes).toBe(Buffer.byteLength(lines[1] ?? '') + 1)
  },
)

test('a long line that is not JSON is told with its beginning and no value', () => {
  const { frames } = readIn(
    Buffer.from(`${'words '.repeat(200_000)}\n${JSON.stringify(short)}\n`),
    65_536,
  )
  expect(frames.map(({ parsed }) => parsed)).toEqual([{ value: undefined }, undefined])
  expect(frames[0]?.text).toMatch(/^words words/)
})

test('of a line over the limit the ends are kept, in whatever pieces they come', () => {
  const value = { jsonrpc: '2.0', result: 'x'.repeat(limit), id: 'the last' }
  for (const size of [65_536, 100]) {
    const { frames, dropped } = readIn(Buffer.from(`${JSON.stringify(value)}\n`), size)
    expect(frames).toEqual([])
    expect(dropped).toMatchObject([{ reason: 'size', bytes: JSON.stringify(value).length }])
    expect(dropped[0]?.head).toMatch(/^\{"jsonrpc":"2\.0","result":"xxx/)
    expect(dropped[0]?.tail).toMatch(/xxx","id":"the last"\}$/)
  }
})
