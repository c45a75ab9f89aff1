import type { JsonValue } from '../../../../shared/lib/json.ts'
import type { Schema } from './field.ts'
import { flattenSchema, typesOf } from './flatten-schema.ts'
import { isJsonArray, isJsonObject } from './json-path.ts'

/** The one value that a schema allows; undefined where it allows more. Pure. */
export function constOf(schema: Schema, root: Schema): JsonValue | undefined {
  const flat = flattenSchema(schema, root)
  if (flat === null || typeof flat === 'boolean') return undefined
  if (Object.hasOwn(flat, 'const')) return flat['const']
  const values = flat['enum']
  return isJsonArray(values) && values.length === 1 ? values[0] : undefined
}

/** What a person calls one of several schemas: its title, its name in the schema, what tells it from the others, or its type. Pure. */
export function variantLabel(schema: Schema, index: number, root: Schema): string {
  const place = String(index + 1)
  if (typeof schema === 'boolean') return place
  const title = schema['title']
  if (typeof title === 'string' && title !== '') return title
  const ref = schema['$ref']
  const flat = flattenSchema(schema, root)
  if (flat === null || typeof flat === 'boolean') return place
  const inner = flat['title']
  if (typeof inner === 'string' && inner !== '') return inner
  if (typeof ref === 'string' && ref.includes('/')) return ref.slice(ref.lastIndexOf('/') + 1)
  const properties = flat['properties']
  if (isJsonObject(properties)) {
    for (const [name, property] of Object.entries(properties)) {
      const value = isJsonObject(property) ? constOf(property, root) : undefined
      if (value !== undefined) return `${name}: ${textOf(value)}`
    }
    const names = Object.keys(properties)
    if (names.length > 0) return names.slice(0, 3).join(', ')
  }
  const required = flat['required']
  if (isJsonArray(required)) return required.map(textOf).join(', ')
  const values = flat['enum']
  if (isJsonArray(values)) return values.map(textOf).slice(0, 3).join(' | ')
  const types = typesOf(flat['type'])
  const format = flat['format']
  if (types.length === 0) return place
  return typeof format === 'string' ? format : types.join(' | ')
}

function textOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
