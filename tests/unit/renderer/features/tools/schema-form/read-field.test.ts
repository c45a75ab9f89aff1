import { expect, test } from 'vitest'
import type { Schema } from '../../../../../../src/renderer/features/tools/schema-form/field.ts'
import { readField } from '../../../../../../src/renderer/features/tools/schema-form/read-field.ts'

function read(schema: Schema, root: Schema = schema) {
  return readField(schema, root)
}

test('a text has its format, length and pattern', () => {
  expect(
    read({ type: 'string', format: 'date-time', minLength: 2, maxLength: 9, pattern: '^a' }),
  ).toMatchObject({
    kind: 'text',
    typeName: 'date-time',
    format: 'date-time',
    length: { min: 2, max: 9 },
    pattern: '^a',
  })
})

test('a number has its bounds', () => {
  expect(read({ type: 'integer', minimum: 1, maximum: 100 })).toMatchObject({
    kind: 'number',
    integer: true,
    bounds: { min: 1, max: 100 },
  })
  expect(read({ type: ['integer', 'number'] })).toMatchObject({ kind: 'number', integer: false })
})

test('null beside a type makes it nullable, as a list and as a variant', () => {
  expect(read({ type: ['string', 'null'] })).toMatchObject({ kind: 'text', nullable: true })
  expect(read({ anyOf: [{ type: 'string' }, { type: 'null' }], default: null })).toMatchObject({
    kind: 'text',
    nullable: true,
    defaultValue: null,
  })
})

test('several types are a choice', () => {
  expect(read({ type: ['string', 'number', 'null'] })).toMatchObject({
    kind: 'choice',
    nullable: true,
    variants: [{ label: 'string' }, { label: 'number' }],
  })
})

test('an enumeration may hold anything, with titles from oneOf or enumNames', () => {
  expect(read({ enum: ['a', 2, null] })).toMatchObject({
    kind: 'enum',
    nullable: false,
    options: [
      { value: 'a', label: 'a' },
      { value: 2, label: '2' },
      { value: null, label: 'null' },
    ],
  })
  expect(read({ enum: ['a', 'b'], enumNames: ['First', 'Second'] })).toMatchObject({
    options: [{ label: 'First' }, { label: 'Second' }],
  })
  expect(
    read({
      type: 'string',
      oneOf: [{ const: 'a', title: 'First' }, { const: 'b' }],
    }),
  ).toMatchObject({
    kind: 'enum',
    options: [
      { value: 'a', label: 'First' },
      { value: 'b', label: 'b' },
    ],
  })
})

test('variants of objects are named by title, reference, constant or members', () => {
  const root = {
    $defs: { Circle: { type: 'object', properties: { r: { type: 'number' } } } },
    oneOf: [
      { title: 'A square', type: 'object' },
      { $ref: '#/$defs/Circle' },
      { type: 'object', properties: { kind: { const: 'line' } } },
      { type: 'object', properties: { x: {}, y: {} } },
    ],
  }
  expect(read(root)).toMatchObject({
    kind: 'choice',
    variants: [
      { label: 'A square' },
      { label: 'Circle' },
      { label: 'kind: line' },
      { label: 'x, y' },
    ],
  })
})

test('what variants share belongs to each of them', () => {
  const root: Schema = {
    type: 'object',
    properties: { a: { type: 'string' }, b: { type: 'string' } },
    anyOf: [{ required: ['a'] }, { required: ['b'] }],
  }
  const field = read(root)
  if (field.kind !== 'choice') throw new Error('not a choice')
  expect(field.variants.map(({ label }) => label)).toEqual(['a', 'b'])
  expect(read(field.variants[1]?.schema ?? false, root)).toMatchObject({
    kind: 'object',
    properties: [
      { name: 'a', required: false },
      { name: 'b', required: true },
    ],
  })
})

test('allOf is merged: members, bounds, types', () => {
  const root: Schema = {
    allOf: [
      { type: 'object', properties: { n: { type: 'number', minimum: 1 } }, required: ['n'] },
      { properties: { n: { type: 'integer', minimum: 3 }, s: { type: 'string' } } },
    ],
  }
  const field = read(root)
  if (field.kind !== 'object') throw new Error('not an object')
  expect(field.properties.map(({ name, required }) => [name, required])).toEqual([
    ['n', true],
    ['s', false],
  ])
  expect(read(field.properties[0]?.schema ?? false, root)).toMatchObject({
    kind: 'number',
    integer: true,
    bounds: { min: 3 },
  })
})

test('references are followed, and a recursive one is unfolded one level at a time', () => {
  const root: Schema = {
    $ref: '#/$defs/Node',
    $defs: {
      Node: {
        type: 'object',
        properties: { name: { type: 'string' }, child: { $ref: '#/$defs/Node' } },
      },
    },
  }
  let field = read(root)
  for (let depth = 0; depth < 50; depth += 1) {
    if (field.kind !== 'object') throw new Error('not an object')
    expect(field.properties.map(({ name }) => name)).toEqual(['name', 'child'])
    field = read(field.properties[1]?.schema ?? false, root)
  }
})

test('what no form can show is a field of JSON', () => {
  const loop: Schema = { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/a' } } }
  const schemas: Schema[] = [
    true,
    {},
    loop,
    { $ref: 'https://example.com/schema.json' },
    { $ref: '#/nowhere' },
    { allOf: [{ type: 'string' }, { type: 'number' }] },
    { anyOf: [{ type: 'string' }], oneOf: [{ type: 'string' }] },
  ]
  for (const schema of schemas) expect(read(schema)).toMatchObject({ kind: 'json' })
})

test('a tuple has its positions, in the old and the new spelling', () => {
  const expected = { kind: 'array', prefix: [{ type: 'string' }, { type: 'number' }], items: null }
  const prefix = [{ type: 'string' }, { type: 'number' }]
  expect(read({ type: 'array', prefixItems: prefix, items: false })).toMatchObject(expected)
  expect(read({ type: 'array', items: prefix, additionalItems: false })).toMatchObject(expected)
})

test('an object says what other members may hold', () => {
  expect(read({ type: 'object', additionalProperties: false })).toMatchObject({ additional: null })
  expect(read({ type: 'object', additionalProperties: { type: 'string' } })).toMatchObject({
    additional: { type: 'string' },
  })
  expect(read({ type: 'object', required: ['x'] })).toMatchObject({
    additional: true,
    properties: [{ name: 'x', required: true }],
  })
})
