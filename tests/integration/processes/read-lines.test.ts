import { expect, test } from 'vitest'
import { readLines } from '../../../src/core/processes/read-lines.ts'

/** What a script of Node prints, by lines. */
async function linesOf(script: string): Promise<string[]> {
  const lines: string[] = []
  const source = { command: process.execPath, args: ['-e', script], env: {}, maxLineBytes: 1_000 }
  await readLines(source, (line) => void lines.push(line))
  return lines
}

test('more than 64 MB are read, and a line without an end is cut', async () => {
  const script = `
    const { writeSync } = require('node:fs')
    const write = (text) => {
      for (let at = 0; at < text.length; ) {
        try { at += writeSync(1, text, at) } catch (error) { if (error.code !== 'EAGAIN') throw error }
      }
    }
    const piece = Buffer.alloc(2 ** 20, 'x')
    write(Buffer.from('1 first\\n2 '))
    for (let n = 0; n < 65; n += 1) write(piece)
    write(Buffer.from('\\n3 last'))
  `
  const [first, long, last, ...more] = await linesOf(script)
  expect([first, long?.length, last, more]).toEqual(['1 first', 1_000, '3 last', []])
})

test('a program that fails, or is not there, is told', async () => {
  await expect(linesOf('process.exit(3)')).rejects.toThrow('ended with 3')
  const missing = { command: '/no/such/ps', args: [], env: {}, maxLineBytes: 1 }
  await expect(readLines(missing, () => {})).rejects.toThrow('ENOENT')
})
