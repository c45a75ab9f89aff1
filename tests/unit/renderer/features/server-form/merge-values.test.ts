import { describe, expect, test } from 'vitest'
import { emptyValues } from '../../../../../src/renderer/features/server-form/draft-of.ts'
import { mergeValues } from '../../../../../src/renderer/features/server-form/merge-values.ts'

const pair = (name: string, value: string) => ({
  name,
  value,
  kept: value.startsWith('secret://') ? value : null,
  toVault: false,
})
const base = { ...emptyValues, command: 'c', args: ['a'], env: [pair('A', '1'), pair('B', '2')] }

describe('a form whose server was changed elsewhere', () => {
  test('changes of different fields both stand', () => {
    const mine = { ...base, args: ['b'], startSeconds: 3 }
    const theirs = { ...base, cwd: '/d', name: 'n' }
    expect(mergeValues(base, mine, theirs, 'mine')).toEqual({
      values: { ...base, args: ['b'], startSeconds: 3, cwd: '/d', name: 'n' },
      conflicts: [],
    })
  })
  test('a field that both changed is a conflict, unless they agree', () => {
    const mine = { ...base, command: 'm', cwd: '/same' }
    const theirs = { ...base, command: 't', cwd: '/same' }
    const merged = mergeValues(base, mine, theirs, 'mine')
    expect(merged.conflicts).toEqual(['command'])
    expect(merged.values.command).toBe('m')
    expect(mergeValues(base, mine, theirs, 'theirs').values.command).toBe('t')
  })
  test('a value that was chosen for the vault here goes there, whatever was saved elsewhere', () => {
    const chosen = { ...pair('A', '1'), toVault: true }
    const mine = { ...base, env: [chosen, pair('B', '2')] }
    const { values } = mergeValues(base, mine, { ...base, cwd: '/d' }, 'mine')
    expect(values.env).toEqual([chosen, pair('B', '2')])
  })
  test('variables are told apart by name', () => {
    const mine = { ...base, env: [pair('A', '1'), pair('B', '3'), pair('C', 'c')] }
    const theirs = { ...base, env: [pair('B', '2'), pair('D', 'secret://d')] }
    const { values, conflicts } = mergeValues(base, mine, theirs, 'mine')
    expect(conflicts).toEqual([])
    expect(values.env).toEqual([pair('B', '3'), pair('C', 'c'), pair('D', 'secret://d')])
    expect(
      mergeValues(base, mine, { ...base, env: [pair('A', '1'), pair('B', '9')] }, 'theirs'),
    ).toMatchObject({
      conflicts: ['env'],
      values: { env: [pair('A', '1'), pair('B', '9'), pair('C', 'c')] },
    })
  })
  test('another transport and a change of the one before are a conflict', () => {
    const remote = { ...base, transport: 'http' as const, url: 'https://example.com' }
    const changed = { ...base, command: 'm' }
    expect(mergeValues(base, changed, remote, 'mine')).toMatchObject({
      conflicts: ['transport'],
      values: { transport: 'stdio', command: 'm' },
    })
    expect(mergeValues(base, remote, changed, 'mine')).toMatchObject({
      conflicts: ['transport'],
      values: { transport: 'http', url: 'https://example.com' },
    })
    expect(mergeValues(base, remote, base, 'mine').conflicts).toEqual([])
    expect(mergeValues(base, base, remote, 'mine')).toMatchObject({
      conflicts: [],
      values: { transport: 'http' },
    })
  })
})
