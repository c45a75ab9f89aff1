import { expect, test } from 'vitest'
import { actionOf } from '../../../../../src/renderer/features/logs/list-keys.ts'

const place = { active: 10, lastShown: 20, firstId: 5, endId: 30, page: 8 }
const press = (key: string, more: Partial<Parameters<typeof actionOf>[0]> = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
})
const move = (to: number, extend = false) => ({ type: 'move', to, extends: extend })

test('keys move within the rows', () => {
  expect(actionOf(press('ArrowUp'), place)).toEqual(move(9))
  expect(actionOf(press('PageUp'), place)).toEqual(move(5))
  expect(actionOf(press('PageDown'), place)).toEqual(move(18))
  expect(actionOf(press('Home'), place)).toEqual(move(5))
  expect(actionOf(press('End'), place)).toEqual({ type: 'follow' })
  expect(actionOf(press('ArrowDown', { shiftKey: true }), place)).toEqual(move(11, true))
})

test('before a row was chosen, keys start from the last one that is seen', () => {
  expect(actionOf(press('ArrowUp'), { ...place, active: null })).toEqual(move(20))
  expect(actionOf(press('ArrowDown'), { ...place, active: null })).toEqual(move(20))
  expect(actionOf(press('Enter'), { ...place, active: null })).toBeNull()
})

test('Enter opens, Escape closes, and an empty list has no keys', () => {
  expect(actionOf(press('Enter'), place)).toEqual({ type: 'toggle' })
  expect(actionOf(press('Escape'), place)).toEqual({ type: 'collapse' })
  expect(actionOf(press('c', { ctrlKey: true }), place)).toEqual({ type: 'copy' })
  expect(actionOf(press('a', { ctrlKey: true }), place)).toBeNull()
  expect(actionOf(press('End'), { ...place, endId: 5 })).toBeNull()
})
