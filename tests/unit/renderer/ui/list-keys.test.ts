import { describe, expect, test } from 'vitest'
import { nextIndex, typeAheadIndex } from '../../../../src/renderer/ui/list-keys.ts'

describe('nextIndex', () => {
  test.each([
    ['ArrowDown', -1, 0],
    ['ArrowDown', 3, 4],
    ['ArrowDown', 4, 4],
    ['ArrowUp', 0, 0],
    ['ArrowUp', -1, 4],
    ['PageDown', 1, 4],
    ['PageUp', 4, 1],
    ['Home', 3, 0],
    ['End', 0, 4],
    ['a', 0, null],
  ])('%s at %d of five leads to %j', (key, active, next) => {
    expect(nextIndex(key, active, 5, 3)).toBe(next)
  })

  test('an empty list has no place to go', () => {
    expect(nextIndex('Home', -1, 0, 10)).toBeNull()
  })
})

describe('typeAheadIndex', () => {
  const labels = ['memory', 'mongodb', 'Notion', 'postgres']
  test.each([
    ['m', 0, 1],
    ['m', 1, 0],
    ['n', 0, 2],
    ['mo', 1, 1],
    ['mo', 0, 1],
    ['z', 0, null],
  ])('%s from %d leads to %j', (typed, active, index) => {
    expect(typeAheadIndex(labels, active, typed)).toBe(index)
  })
})
