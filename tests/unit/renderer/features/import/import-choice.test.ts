import { describe, expect, test } from 'vitest'
import {
  checkOf,
  choose,
  chosenOf,
  everything,
  passesFilter,
  secretNamesOf,
  warns,
  withMembers,
} from '../../../../../src/renderer/features/import/import-choice.ts'
import { keyOf } from '../../../../../src/renderer/features/import/import-files.ts'
import { importedServer, secret } from './imported-server.ts'

const sound: ReadonlySet<string> = new Set()
const facts = { leaveOut: sound, canMove: true, damaged: sound }

describe('what an import takes', () => {
  const fresh = importedServer({ name: 'fresh' })
  const other = importedServer({ name: 'other', change: 'changed' })
  const old = importedServer({ name: 'old', change: 'unchanged' })

  test('all that is new or changed', () => {
    expect(chosenOf([fresh, other, old], everything, sound)).toEqual([fresh, other])
  })
  test('less what a person left', () => {
    const choice = { ...everything, left: new Set([keyOf(fresh)]) }
    expect(chosenOf([fresh, other, old], choice, sound)).toEqual([other])
  })
  test('what stands in a damaged file alone only where a person took it', () => {
    const file = { client: 'cursor', file: '/broken' } as const
    const guessed = importedServer({ name: 'guessed', sources: [file] })
    const both = importedServer({ name: 'both', sources: [file, { ...file, file: '/sound' }] })
    const damaged = new Set(['/broken'])
    expect(chosenOf([guessed, both], everything, damaged)).toEqual([both])
    const taken = choose(everything, [guessed], true)
    expect(chosenOf([guessed, both], taken, damaged)).toEqual([guessed, both])
    expect(chosenOf([guessed, both], choose(taken, [guessed], false), damaged)).toEqual([both])
    expect(warns(guessed, { ...facts, damaged })).toBe(true)
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
  expect(all.filter((one) => passesFilter(one, 'all', facts))).toEqual(all)
  expect(all.filter((one) => passesFilter(one, 'secrets', facts))).toEqual([withSecret])
  expect(all.filter((one) => passesFilter(one, 'warnings', facts))).toEqual([unable, warned])
})

test('a secret that is left out is a warning, but for what is imported already', () => {
  const fresh = importedServer({ secrets: [secret('t')] })
  expect(warns(fresh, facts)).toBe(false)
  expect(warns(fresh, { ...facts, canMove: false })).toBe(true)
  expect(warns(fresh, { ...facts, leaveOut: new Set(['t']) })).toBe(true)
  expect(warns({ ...fresh, change: 'unchanged' }, { ...facts, canMove: false })).toBe(false)
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
