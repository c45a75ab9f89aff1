import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Schema } from '../../../../../../src/renderer/features/tools/schema-form/field.ts'
import {
  chosenVariant,
  itemSchemas,
  memberRows,
  shownField,
} from '../../../../../../src/renderer/features/tools/schema-form/form-rows.ts'
import {
  chooseVariant,
  type FormState,
  formOf,
  moveItem,
  removeItem,
  renameMember,
  setDraft,
  setValue,
  startForm,
} from '../../../../../../src/renderer/features/tools/schema-form/form-state.ts'
import {
  isJsonArray,
  isJsonObject,
  type JsonPath,
  valueAt,
} from '../../../../../../src/renderer/features/tools/schema-form/json-path.ts'
import { localProblems } from '../../../../../../src/renderer/features/tools/schema-form/local-problems.ts'
import { readField } from '../../../../../../src/renderer/features/tools/schema-form/read-field.ts'
import type { JsonObject, JsonValue } from '../../../../../../src/shared/lib/json.ts'

describe('the start of a form', () => {
  test('has defaults, constants that must be there, and objects that must be there', () => {
    const schema: Schema = {
      type: 'object',
      properties: {
        page: { type: 'integer', default: 5 },
        kind: { const: 'query' },
        note: { const: 'optional' },
        name: { type: 'string' },
        where: { type: 'object', properties: { deep: { type: 'boolean', default: false } } },
        more: { type: 'object', properties: { deep: { default: 1 } } },
      },
      required: ['kind', 'name', 'where'],
    }
    expect(startForm(schema).args).toEqual({ page: 5, kind: 'query', where: { deep: false } })
  })

  test('ends where a schema requires itself', () => {
    const schema: Schema = {
      type: 'object',
      properties: { self: { $ref: '#' } },
      required: ['self'],
    }
    expect(JSON.stringify(startForm(schema).args)).toMatch(/^(\{"self":){3,}/)
  })
})

describe('a change', () => {
  test('of an optional member to nothing takes it out', () => {
    const state = setValue(formOf({ a: 'x', b: 1 }), ['a'], undefined)
    expect(state.args).toEqual({ b: 1 })
  })

  test('keeps what was typed and is no number, and its place in an array', () => {
    const draft = { text: '1.', fault: 'number' } as const
    const state = setDraft(formOf({ list: [1, 2, 3] }), ['list', 2], draft)
    expect(state.args).toEqual({ list: [1, 2, null] })
    const moved = moveItem(state, ['list'], 2, 0)
    expect(moved.args).toEqual({ list: [null, 1, 2] })
    expect(moved.drafts).toEqual({ '/list/0': draft })
    expect(removeItem(moved, ['list'], 0, undefined)).toEqual({
      args: { list: [1, 2] },
      drafts: {},
      choices: {},
    })
    expect(setValue(moved, ['list', 0], 7).drafts).toEqual({})
  })

  test('that removes the last item leaves what the caller says', () => {
    expect(removeItem(formOf({ a: [1] }), ['a'], 0, undefined).args).toEqual({})
    expect(removeItem(formOf({ a: [1] }), ['a'], 0, []).args).toEqual({ a: [] })
  })

  test('of a name keeps the place, and never takes another one', () => {
    const state = formOf({ a: 1, b: 2 })
    expect(Object.keys(renameMember(state, [], 'a', 'c').args)).toEqual(['c', 'b'])
    expect(renameMember(state, [], 'a', 'b')).toBe(state)
    expect(renameMember(state, [], 'a', '')).toBe(state)
  })

  test('of the variant keeps what fits both', () => {
    const schema: Schema = {
      oneOf: [
        {
          type: 'object',
          properties: { kind: { const: 'a' }, x: { type: 'string' } },
          required: ['kind'],
        },
        {
          type: 'object',
          properties: { kind: { const: 'b' }, x: { type: 'string' }, y: { default: 2 } },
          required: ['kind'],
        },
      ],
    }
    const field = readField(schema, schema)
    if (field.kind !== 'choice') throw new Error('not a choice')
    const state = formOf({ kind: 'a', x: 'kept' })
    expect(chosenVariant(field, state, [], schema)).toBe(0)
    const next = chooseVariant(state, [], field, 1, schema)
    expect(next.args).toEqual({ kind: 'b', x: 'kept', y: 2 })
    expect(chosenVariant(field, next, [], schema)).toBe(1)
  })
})

test('problems are found where they are', () => {
  const schema: Schema = {
    type: 'object',
    properties: {
      n: { type: 'integer', minimum: 1 },
      list: { type: 'array', items: { type: 'object', required: ['x'] } },
      absent: { type: 'object', required: ['y'] },
    },
    required: ['name'],
  }
  const state = setDraft(formOf({ list: [{}, { x: 1 }] }), ['n'], { text: '1,5', fault: 'integer' })
  expect([...localProblems(schema, state)]).toEqual([
    ['/list/0/x', { kind: 'required' }],
    ['/name', { kind: 'required' }],
    ['/n', { kind: 'draft', fault: 'integer' }],
  ])
  expect([...localProblems(schema, formOf({ n: 0, name: '' }))]).toEqual([
    ['/n', { kind: 'least', bound: 1 }],
  ])
})

/** Every field that one types into, with its value, as the components walk the schema. */
function leavesOf(root: Schema, state: FormState): [JsonPath, JsonValue | undefined][] {
  const leaves: [JsonPath, JsonValue | undefined][] = []
  const walk = (schema: Schema, path: JsonPath) => {
    const value = valueAt(state.args, path)
    const { field } = shownField(schema, root, value)
    if (value === null || value === undefined) {
      leaves.push([path, value])
    } else if (field.kind === 'object') {
      if (isJsonObject(value) && Object.keys(value).length === 0) leaves.push([path, value])
      for (const row of memberRows(field, value)) walk(row.schema, [...path, row.name])
    } else if (field.kind === 'array') {
      if (isJsonArray(value) && value.length === 0) leaves.push([path, value])
      for (const [index, item] of itemSchemas(field, value).entries()) walk(item, [...path, index])
    } else if (field.kind === 'choice') {
      walk(field.variants[chosenVariant(field, state, path, root)]?.schema ?? true, path)
    } else {
      leaves.push([path, value])
    }
  }
  walk(root, [])
  return leaves
}

const leafSchema = fc.constantFrom<Schema>(
  { type: 'string' },
  { type: 'integer', minimum: 0 },
  { type: 'boolean' },
  { enum: ['a', 1, null] },
  { const: 'fixed' },
  { type: ['string', 'null'] },
  { type: ['string', 'number'] },
  { anyOf: [{ type: 'object', properties: { k: { const: 1 } } }, { type: 'array' }] },
  true,
  { $ref: '#/$defs/node' },
)
const { schema: anySchema } = fc.letrec<{ schema: Schema }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leafSchema,
    fc.record({ type: fc.constant('array'), items: tie('schema') }),
    fc.record({
      type: fc.constant('array'),
      prefixItems: fc.array(tie('schema'), { maxLength: 3 }),
    }),
    fc.record({
      type: fc.constant('object'),
      properties: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('schema')),
      required: fc.subarray(['a', 'b', 'd']),
    }),
  ),
}))
const rootSchema = fc.dictionary(fc.constantFrom('a', 'b', 'c'), anySchema).map(
  (properties): Schema => ({
    type: 'object',
    properties,
    $defs: { node: { type: 'object', properties: { next: { $ref: '#/$defs/node' } } } },
  }),
)
const jsonObject = fc
  .dictionary(
    fc.constantFrom('a', 'b', 'c', 'k', 'next', '', '~/'),
    fc.jsonValue({ depthSize: 'small' }),
  )
  // `fast-check` types JSON values with mutable arrays; they are the same values.
  .map((value) => JSON.parse(JSON.stringify(value)) as JsonObject)

test('whatever the arguments are, the fields of the form show all of them', () => {
  fc.assert(
    fc.property(rootSchema, jsonObject, (schema, args) => {
      const leaves = leavesOf(schema, formOf(args))
      let rebuilt = formOf({})
      for (const [path, value] of leaves) rebuilt = setValue(rebuilt, path, value)
      expect(rebuilt.args).toEqual(args)
    }),
    { numRuns: 500 },
  )
})

test('to set what is there already changes nothing', () => {
  fc.assert(
    fc.property(rootSchema, jsonObject, (schema, args) => {
      const state = formOf(args)
      for (const [path, value] of leavesOf(schema, state)) {
        expect(setValue(state, path, value).args).toBe(state.args)
      }
    }),
  )
})
