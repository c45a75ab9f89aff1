import { expect, test } from 'vitest'
import { valueInBlock } from '../../../src/host/wipe-first-environment.ts'

const block = Buffer.from('A=1\0KEY_FILE=/x\0NOT_KEY=y\0KEY=sécret\0Z=\0')

test('a value is found by the whole name, counted in bytes', () => {
  const at = valueInBlock(block, 'KEY')
  expect(at === null ? null : block.subarray(at.start, at.end).toString()).toBe('sécret')
  expect(valueInBlock(block, 'Z')).toEqual({ start: block.length - 1, end: block.length - 1 })
  expect(valueInBlock(block, 'EY')).toBeNull()
  expect(valueInBlock(Buffer.from('KEY=open end'), 'KEY')).toEqual({ start: 4, end: 12 })
})
