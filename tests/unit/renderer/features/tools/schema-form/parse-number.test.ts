import { expect, test } from 'vitest'
import { parseNumber } from '../../../../../../src/renderer/features/tools/schema-form/parse-number.ts'

test.each([
  ['5', false, { value: 5 }],
  [' -0.25 ', false, { value: -0.25 }],
  ['1e3', true, { value: 1000 }],
  ['1.', false, { fault: 'number' }],
  ['1,5', false, { fault: 'number' }],
  ['0x10', false, { fault: 'number' }],
  ['', true, { fault: 'integer' }],
  ['1.5', true, { fault: 'integer' }],
  ['9007199254740993', true, { fault: 'unsafe' }],
  ['1e999', false, { fault: 'unsafe' }],
])('%j', (text, integer, expected) => {
  expect(parseNumber(text, integer)).toEqual(expected)
})
