import { describe, expect, test } from 'vitest'
import { formatQuery } from '../../../../../src/renderer/features/logs/format-query.ts'
import { emptyQuery, parseQuery } from '../../../../../src/renderer/features/logs/parse-query.ts'

describe('parseQuery', () => {
  test('reads tokens in any order and takes the rest as text', () => {
    expect(
      parseQuery('timed server:postgres,"my server" out level:WARN,error since:15m -server:x'),
    ).toEqual({
      ...emptyQuery,
      servers: ['postgres', 'my server'],
      notServers: ['x'],
      levels: ['warn', 'error'],
      since: '15m',
      text: { kind: 'literal', text: 'timed out' },
    })
  })

  test('a text between slashes is a regular expression, with its spaces and colons', () => {
    expect(parseQuery('kind:stderr /level: \\d+ server:x/i').text).toEqual({
      kind: 'regex',
      source: 'level: \\d+ server:x',
      ignoreCase: true,
    })
    expect(parseQuery('/x/').text).toMatchObject({ kind: 'regex', ignoreCase: false })
  })

  test('a path is no regular expression, and an address no token', () => {
    expect(parseQuery('/usr/bin/node').text).toEqual({ kind: 'literal', text: '/usr/bin/node' })
    expect(parseQuery('http://localhost').text).toEqual({
      kind: 'literal',
      text: 'http://localhost',
    })
  })

  test('quotes keep a text from being read as a token', () => {
    expect(parseQuery('"level:error"')).toEqual({
      ...emptyQuery,
      text: { kind: 'literal', text: 'level:error' },
    })
  })

  test('values that mean nothing are named', () => {
    expect(parseQuery('level:loud,error kind:tv').unknown).toEqual(['level:loud', 'kind:tv'])
  })

  test.each([
    '',
    'server:postgres,github since:15m timeout',
    'server:"my server" -server:x level:warn,error kind:stderr before:12:04 /a b/i',
    '/x y/',
    '"level:error"',
    'two  spaces',
    'level:loud text',
  ])('formats %j so that it is read the same', (written) => {
    const query = parseQuery(written)
    expect(parseQuery(formatQuery(query))).toEqual(query)
  })
})
