import { describe, expect, test } from 'vitest'
import {
  completeQuery,
  splitDraft,
  withoutUnfinished,
} from '../../../../../src/renderer/features/logs/complete-query.ts'

const labels = (draft: string) =>
  completeQuery(draft, ['github', 'my server']).map((one) => one.label)

describe('completeQuery', () => {
  test('offers keys, then the values of a key', () => {
    expect(labels('')).toContain('server:')
    expect(labels('error le')).toEqual(['level:'])
    expect(labels('level:')).toEqual(['error', 'warn', 'info', 'debug'])
    expect(labels('level:error,w')).toEqual(['warn'])
    expect(labels('server:my')).toEqual(['my server'])
    expect(labels('nothing')).toEqual([])
  })

  test('what is taken stands in the place of the last word', () => {
    expect(completeQuery('text server:m', ['my server'])[0]?.draft).toBe('text server:"my server" ')
    expect(completeQuery('level:error,w', [])[0]?.draft).toBe('level:error,warn ')
  })
})

describe('splitDraft', () => {
  test('a token is finished by a space', () => {
    expect(splitDraft('level:error')).toEqual({ tokens: '', rest: 'level:error' })
    expect(splitDraft('level:error ')).toEqual({ tokens: 'level:error', rest: '' })
    expect(splitDraft('a server:x b')).toEqual({ tokens: 'server:x', rest: 'a b' })
    expect(splitDraft('server:"my ser')).toEqual({ tokens: '', rest: 'server:"my ser' })
  })

  test('nothing is taken out of a regular expression', () => {
    expect(splitDraft('/level:x y')).toEqual({ tokens: '', rest: '/level:x y' })
  })

  test('a token that is being written is no text', () => {
    expect(withoutUnfinished('timeout lev')).toBe('timeout lev')
    expect(withoutUnfinished('timeout level:er')).toBe('timeout')
  })
})
