import { expect, test } from 'vitest'
import {
  choiceOf,
  firstPicks,
  pickAll,
  pickedShare,
} from '../../../../../src/renderer/features/literals/literal-picks.ts'
import { secretNameSchema } from '../../../../../src/shared/domain/ids.ts'
import type { Literal, LiteralFile } from '../../../../../src/shared/domain/literals.ts'

function literal(id: string, resolver: Literal['resolver']): Literal {
  return {
    id,
    server: 's',
    place: 'TOKEN',
    masked: '•',
    reason: 'opaque',
    name: secretNameSchema.parse(`s.${id}`),
    isHeld: false,
    resolver,
    kept: resolver === null ? 'takes_literally' : null,
  }
}

const file: LiteralFile = {
  file: '/f',
  client: 'vscode',
  literals: [
    literal('a', 'prompt'),
    literal('b', 'variable'),
    literal('c', 'vault'),
    literal('d', null),
  ],
}

test('what goes on working by itself is picked at first, and nothing else', () => {
  expect(choiceOf(file, firstPicks(file))?.picks.map(({ id }) => id)).toEqual(['a', 'c'])
})

test('a choice has the names as they were typed, and none where one cannot be a name', () => {
  const picks = { b: { isPicked: true, name: ' mine.token ' }, d: { isPicked: true, name: 's.d' } }
  expect(choiceOf(file, picks)).toEqual({ file: '/f', picks: [{ id: 'b', name: 'mine.token' }] })
  expect(choiceOf(file, { b: { isPicked: true, name: 'Not A Name' } })).toBeNull()
  expect(choiceOf(file, {})).toBeNull()
})

test('all that can be moved are picked at once, or none, and keep the names that were typed', () => {
  const typed = { ...firstPicks(file), b: { isPicked: false, name: 'mine' } }
  const all = pickAll(file, typed, true)
  expect(choiceOf(file, all)?.picks).toEqual([
    { id: 'a', name: 's.a' },
    { id: 'b', name: 'mine' },
    { id: 'c', name: 's.c' },
  ])
  expect(pickedShare(file, typed)).toEqual({ movable: 3, picked: 2 })
  const none = pickAll(file, all, false)
  expect(pickedShare(file, none)).toEqual({ movable: 3, picked: 0 })
  expect(none['b']?.name).toBe('mine')
})
