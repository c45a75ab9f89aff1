import { expect, test } from 'vitest'
import { placeholdersOf, sayFrom } from '../../../../src/shared/lib/say.ts'

const say = sayFrom({ plain: 'Nothing to fill', port: 'Port {{port}} is in use by {{name}}' })

test('placeholders are filled, once: a value is never read as a text', () => {
  expect(say('plain', {})).toBe('Nothing to fill')
  expect(say('port', { port: 80, name: '{{port}} $& $1' })).toBe(
    'Port 80 is in use by {{port}} $& $1',
  )
})

test('a placeholder without a value stays as it is written, also one that every object has', () => {
  expect(say('port', { port: 80 })).toBe('Port 80 is in use by {{name}}')
  expect(sayFrom({ odd: '{{toString}}' })('odd', {})).toBe('{{toString}}')
})

test('the names of placeholders are told in their order', () => {
  expect(placeholdersOf('{{b}} and {{a}} and { {c}}')).toEqual(['b', 'a'])
})
