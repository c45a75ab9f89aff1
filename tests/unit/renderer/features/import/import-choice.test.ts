import { describe, expect, test } from 'vitest'
import {
  checkOf,
  chosenOf,
  everything,
  passesFilter,
  secretNamesOf,
  withMembers,
} from '../../../../../src/renderer/features/import/import-choice.ts'
import { keyOf } from '../../../../../src/renderer/features/import/import-files.ts'
import { importedServer, secret } from './imported-server.ts'

describe('what an import takes', () => {
  const fresh = importedServer({ name: 'fresh' })
  const other = importedServer({ name: 'other', change: 'changed' })
  const old = importedServer({ name: 'old', change: 'unchanged' })

  test('all that is new or changed', () => {
    expect(chosenOf([fresh, other, old], everything)).toEqual([fresh, other])
  })
  test('less what a person left', () => {
    const choice = { ...everything, left: new Set([keyOf(fresh)]) }
    expect(chosenOf([fresh, other, old], choice)).toEqual([other])
  })
  test('servers of one name are told by scope and folder', () => {
    const here = importedServer({ name: 'fresh', scope: 'project', project: '/p' })
    expect(keyOf(here)).not.toBe(keyOf(fresh))
  })
})

test('a secret that two servers share counts once', () => {
  const a = importedServer({ secrets: [secret('t'), secret('u')] })
  const b = importedServer({ secrets: [secret('t')] })
  expect(secretNamesOf([a, b])).toEqual(['t', 'u'])
})

test('filters', () => {
  const plain = importedServer({})
  const withSecret = importedServer({ secrets: [secret('t')] })
  const unable = importedServer({ transport: 'ws' })
  const warned = importedServer({ warning: { code: 'command_not_found', data: { command: 'x' } } })
  const all = [plain, withSecret, unable, warned]
  expect(all.filter((one) => passesFilter(one, 'all'))).toEqual(all)
  expect(all.filter((one) => passesFilter(one, 'secrets'))).toEqual([withSecret])
  expect(all.filter((one) => passesFilter(one, 'warnings'))).toEqual([unable, warned])
})

test('a set is changed into another one', () => {
  const before = new Set(['a'])
  expect(withMembers(before, ['b'], true)).toEqual(new Set(['a', 'b']))
  expect(withMembers(before, ['a'], false)).toEqual(new Set())
  expect(before).toEqual(new Set(['a']))
})

test.each([
  [0, 0, { checked: false, indeterminate: false }],
  [2, 0, { checked: false, indeterminate: false }],
  [2, 1, { checked: false, indeterminate: true }],
  [2, 2, { checked: true, indeterminate: false }],
])('the checkbox of all: %i, %i taken', (all, taken, expected) => {
  expect(checkOf(all, taken)).toEqual(expected)
})
