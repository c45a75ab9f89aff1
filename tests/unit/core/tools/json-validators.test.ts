import { describe, expect, test } from 'vitest'
import { JsonValidators } from '../../../../src/core/tools/json-validators.ts'
import type { JsonValue } from '../../../../src/shared/lib/json.ts'

function check(schema: JsonValue, value: JsonValue) {
  return new JsonValidators().check('owner', JSON.stringify(schema), value)
}

describe('problems', () => {
  const schema = {
    type: 'object',
    properties: {
      name: { type: 'string', minLength: 2 },
      size: { enum: ['small', 'large'] },
      kind: { const: 'tree' },
      list: { type: 'array', items: { type: 'object', required: ['a/b'] } },
    },
    required: ['name'],
    additionalProperties: false,
  }

  test('a value that fits has none', () => {
    expect(check(schema, { name: 'oak', size: 'large', kind: 'tree' })).toEqual([])
  })

  test('all of them are told, each where it is', () => {
    expect(check(schema, { size: 'huge', kind: 'shrub', list: [{}], 'x~': 1 })).toEqual([
      { path: '/name', message: 'is required' },
      { path: '/x~0', message: 'is not expected here' },
      { path: '/size', message: 'must be one of "small", "large"' },
      { path: '/kind', message: 'must be "tree"' },
      { path: '/list/0/a~1b', message: 'is required' },
    ])
    expect(check(schema, { name: 'x' })).toEqual([
      { path: '/name', message: 'must NOT have fewer than 2 characters' },
    ])
    expect(check(schema, 'text')).toEqual([{ path: '', message: 'must be object' }])
  })

  test('there are a hundred at most', () => {
    const items = Array.from({ length: 5_000 }, () => 'no number')
    expect(check({ type: 'array', items: { type: 'number' } }, items)).toHaveLength(100)
  })
})

describe('dialects', () => {
  test('2020-12 where nothing or something unknown is said', () => {
    const schema = { type: 'array', prefixItems: [{ type: 'number' }], items: false }
    expect(check(schema, [1])).toEqual([])
    expect(check(schema, ['x'])).toHaveLength(1)
    expect(check({ ...schema, $schema: 'https://example.com/mine' }, ['x'])).toHaveLength(1)
    const named = { ...schema, $schema: 'https://json-schema.org/draft/2020-12/schema' }
    expect(check(named, [1, 2])).toHaveLength(1)
  })

  test('draft-07 where it is named', () => {
    const schema = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'array',
      items: [{ $ref: '#/definitions/number' }],
      definitions: { number: { type: 'number' } },
    }
    expect(check(schema, [1])).toEqual([])
    expect(check(schema, ['x'])).toEqual([{ path: '/0', message: 'must be number' }])
  })

  test('formats are checked, and unknown ones and keywords are passed over', () => {
    expect(check({ type: 'string', format: 'email' }, 'nobody')).toHaveLength(1)
    expect(check({ type: 'string', format: 'date-time' }, '2026-01-01T00:00:00Z')).toEqual([])
    expect(check({ type: 'string', format: 'shoe-size', 'x-own': 1 }, 'any')).toEqual([])
  })

  test('a pattern that is valid only without Unicode is used without', () => {
    expect(check({ type: 'string', pattern: '^[\\w-.]+$' }, 'a-b.c')).toEqual([])
    expect(check({ type: 'string', pattern: '^[\\w-.]+$' }, 'a b')).toHaveLength(1)
  })
})

test.for<[string, JsonValue]>([
  ['a type that is none', { type: 'strange' }],
  ['a pattern that cannot be read', { pattern: '(' }],
  ['a reference to nothing', { $ref: '#/$defs/nothing' }],
  ['a reference to elsewhere, which is not fetched', { $ref: 'https://example.com/schema.json' }],
  ['a reference to itself', { $ref: '#' }],
  ['something that is no object', [1]],
  ['a schema of more than a million characters', { description: 'x'.repeat(1_000_001) }],
])('%s makes one problem of the whole value', ([, schema]) => {
  const problems = check(schema, { a: 1 })
  expect(problems).toEqual([
    { path: '', message: expect.stringContaining('could not be checked, the schema cannot') },
  ])
})

test('an asynchronous check is not waited for, it is none', () => {
  expect(check({ $async: true, type: 'string' }, 1)).toHaveLength(1)
})

test('the schemas of one owner do not reach those of another, nor last beyond it', () => {
  const validators = new JsonValidators()
  const dialect = 'https://json-schema.org/draft/2020-12/schema'
  const first = JSON.stringify({ $id: dialect, type: 'string' })
  validators.check('thief', first, 1)
  validators.forget('thief')
  const text = JSON.stringify({ $id: 'https://example.com/a', type: 'string' })
  const number = JSON.stringify({ $id: 'https://example.com/a', type: 'number' })
  expect(validators.check('honest', text, 'x')).toEqual([])
  expect(validators.check('honest', number, 'x')).toHaveLength(1)
  expect(validators.check('thief', text, 'x')).toEqual([])
})
