import { assertNever } from '../../../../shared/lib/assert-never.ts'
import type { JsonValue } from '../../../../shared/lib/json.ts'
import type { Field, FieldOf, Schema } from './field.ts'
import { isJsonArray, isJsonObject, jsonEquals } from './json-path.ts'
import { readField } from './read-field.ts'

/** How deep variants within variants are looked into. */
const deepestLook = 6

/** Whether a field can show a value: its kind fits. Limits such as lengths do not count. Pure. */
export function fitsField(field: Field, value: JsonValue, root: Schema, depth = 0): boolean {
  if (value === null && field.nullable) return true
  switch (field.kind) {
    case 'text':
      return typeof value === 'string'
    case 'number':
      return typeof value === 'number'
    case 'boolean':
      return typeof value === 'boolean'
    case 'const':
      return jsonEquals(value, field.value)
    case 'enum':
      return field.options.some((option) => jsonEquals(option.value, value))
    case 'object':
      return isJsonObject(value)
    case 'array':
      return isJsonArray(value)
    case 'choice':
      return (
        depth < deepestLook &&
        field.variants.some(({ schema }) =>
          fitsField(readField(schema, root), value, root, depth + 1),
        )
      )
    case 'json':
      return true
    default:
      return assertNever(field)
  }
}

/** Which variant a value follows: the one whose required and constant members it has, else the first whose kind fits, else the first. Pure. */
export function variantOf(
  field: FieldOf<'choice'>,
  value: JsonValue | undefined,
  root: Schema,
): number {
  if (value === undefined) return 0
  const fields = field.variants.map(({ schema }) => readField(schema, root))
  const exact = fields.findIndex(
    (one) => fitsField(one, value, root) && hasMembers(one, value, root),
  )
  if (exact !== -1) return exact
  return Math.max(
    0,
    fields.findIndex((one) => fitsField(one, value, root)),
  )
}

function hasMembers(field: Field, value: JsonValue, root: Schema): boolean {
  if (field.kind !== 'object' || !isJsonObject(value)) return true
  const isNamed = field.properties.every(({ name, schema, required }) => {
    const member = Object.hasOwn(value, name) ? value[name] : undefined
    if (member === undefined) return !required
    return fitsField(readField(schema, root), member, root, 1)
  })
  const names = new Set(field.properties.map(({ name }) => name))
  return isNamed && (field.additional !== null || Object.keys(value).every((key) => names.has(key)))
}
