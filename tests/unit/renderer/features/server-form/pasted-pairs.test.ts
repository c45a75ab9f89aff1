import { describe, expect, test } from 'vitest'
import {
  parseEnvLines,
  parseHeaderLines,
} from '../../../../../src/renderer/features/server-form/pasted-pairs.ts'

describe('variables', () => {
  test('lines of a .env file', () => {
    expect(parseEnvLines('# keys\nexport A=1\r\n\nB="two words"\nC=\nD=a=b')).toEqual([
      { name: 'A', value: '1' },
      { name: 'B', value: 'two words' },
      { name: 'C', value: '' },
      { name: 'D', value: 'a=b' },
    ])
  })
  test.each(['', 'plain text', 'A=1\nplain text', '# only a comment'])('%j is none', (text) => {
    expect(parseEnvLines(text)).toBeNull()
  })
})

describe('headers', () => {
  test('lines as they cross the wire', () => {
    expect(parseHeaderLines('Authorization: Bearer a:b\n"X-Key: 1"')).toEqual([
      { name: 'Authorization', value: 'Bearer a:b' },
      { name: 'X-Key', value: '1' },
    ])
  })
  test.each(['Bearer abc', 'https://x.dev', 'A: 1\nnone'])('%j is none', (text) => {
    expect(parseHeaderLines(text)).toBeNull()
  })
})
