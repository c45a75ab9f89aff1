import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readBounded } from '../../../../src/core/processes/read-bounded.ts'

describe('what is read of a file', () => {
  const whole = readFileSync(process.execPath).subarray(0, 200_000)

  test('is no more than the limit, over several pieces', async () => {
    expect((await readBounded(process.execPath, 200_000)).equals(whole)).toBe(true)
  })

  test('is all of a shorter one', async () => {
    const text = await readBounded(import.meta.filename, 200_000)
    expect(text.equals(readFileSync(import.meta.filename))).toBe(true)
  })
})
