import { expect, test } from 'vitest'
import type { Schema } from '../../../../../../src/renderer/features/tools/schema-form/field.ts'
import {
  flattenSchema,
  mergeSchemas,
} from '../../../../../../src/renderer/features/tools/schema-form/flatten-schema.ts'
import {
  formOf,
  startForm,
} from '../../../../../../src/renderer/features/tools/schema-form/form-state.ts'
import { localProblems } from '../../../../../../src/renderer/features/tools/schema-form/local-problems.ts'
import { readField } from '../../../../../../src/renderer/features/tools/schema-form/read-field.ts'
import type { JsonObject, JsonValue } from '../../../../../../src/shared/lib/json.ts'

// The schemas of a form come from a server, which need not mean well.

/** A tool whose one argument is of the definition `a`. */
function toolOf(defs: Readonly<Record<string, JsonValue>>): JsonObject {
  const properties = { a: { $ref: '#/$defs/a' } }
  return { type: 'object', properties, required: ['a'], $defs: defs }
}

const self = { $ref: '#/$defs/a' }
const text = { type: 'string' }

test.each<[string, JsonValue]>([
  ['is its own only variant', { anyOf: [self] }],
  ['is one of its own variants', { anyOf: [self, text] }],
  ['has itself among the variants of a variant', { anyOf: [{ oneOf: [text, { anyOf: [self] }] }] }],
  ['is a part of itself', { allOf: [self, text] }],
  [
    'has itself as a variant many times',
    { anyOf: [...Array.from({ length: 20 }, () => self), text] },
  ],
])('one that %s is filled in as JSON', (_name, a) => {
  const root = toolOf({ a })
  expect(readField(self, root).kind).toBe('json')
  expect(startForm(root).args).toEqual({})
  expect([...localProblems(root, formOf({ a: 'x' }))]).toEqual([])
})

test('a few lines that lead to billions of parts are filled in as JSON, variants and parts alike', () => {
  for (const keyword of ['allOf', 'anyOf']) {
    const next = (index: number) => ({ $ref: `#/$defs/d${index + 1}` })
    const defs = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        `d${index}`,
        { [keyword]: [next(index), next(index)] },
      ]),
    )
    const root = toolOf({ ...defs, d40: text, a: { $ref: '#/$defs/d0' } })
    expect(readField(self, root).kind).toBe('json')
    expect(readField({ type: 'array', items: self }, root)).toMatchObject({ typeName: 'array' })
  }
})

test('a value that may hold itself further down is a form as ever', () => {
  const list = { type: 'array', items: self }
  const root = toolOf({ a: { anyOf: [text, { type: 'number' }, list] } })
  expect(readField(self, root)).toMatchObject({
    kind: 'choice',
    variants: [{ schema: text }, { schema: { type: 'number' } }, { schema: list }],
  })
})

test('parts within parts without end of depth are no form', () => {
  const deep = Array.from({ length: 5_000 }).reduce<JsonObject>(
    (inner) => ({ allOf: [inner] }),
    text,
  )
  expect(flattenSchema(deep, deep)).toBeNull()
})

test('members that each require several others do not fill the page', () => {
  const names = Array.from('abcdefghij')
  const o: JsonObject = {
    type: 'object',
    required: names,
    properties: Object.fromEntries(names.map((name) => [name, self])),
  }
  expect(JSON.stringify(startForm(toolOf({ a: o })).args).length).toBeLessThan(20_000)
})

test('a member called __proto__ is one like any other', () => {
  // As JSON.parse reads it: in a literal it would be something else.
  const a = JSON.parse('{"properties":{"__proto__":{"type":"string"}}}') as Schema
  const merged = mergeSchemas({ properties: { b: text } }, a)
  expect(JSON.stringify(merged)).toBe(
    '{"properties":{"b":{"type":"string"},"__proto__":{"type":"string"}}}',
  )
})
