import type { JsonValue } from '../../../../shared/lib/json.ts'
import type { Field, FieldOf, Schema } from './field.ts'
import { fitsField, variantOf } from './fits-field.ts'
import type { FormState } from './form-state.ts'
import { isJsonArray, isJsonObject, type JsonPath, pointerOf, valueAt } from './json-path.ts'
import { readField } from './read-field.ts'

/** A member of an object as a row of the form. */
export interface MemberRow {
  readonly name: string
  readonly schema: Schema
  readonly required: boolean
  /** The schema names it; the others can be renamed and removed. */
  readonly isNamed: boolean
}

/** The rows of an object: what its schema names, then what else it holds. Pure. */
export function memberRows(
  field: FieldOf<'object'>,
  value: JsonValue | undefined,
): readonly MemberRow[] {
  const names = new Set(field.properties.map(({ name }) => name))
  const others = isJsonObject(value) ? Object.keys(value).filter((key) => !names.has(key)) : []
  return [
    ...field.properties.map((property) => ({ ...property, isNamed: true })),
    ...others.map((name) => ({
      name,
      schema: field.additional ?? true,
      required: false,
      isNamed: false,
    })),
  ]
}

/** The schema of each position of an array: those of a tuple also where nothing is yet. Pure. */
export function itemSchemas(
  field: FieldOf<'array'>,
  value: JsonValue | undefined,
): readonly Schema[] {
  const length = isJsonArray(value) ? value.length : 0
  return Array.from(
    { length: Math.max(length, field.prefix.length) },
    (_, index) => field.prefix[index] ?? field.items ?? true,
  )
}

/** How the array is filled in: as tags, by checking, or item by item. Pure. */
export function arrayLook(
  field: FieldOf<'array'>,
  value: JsonValue | undefined,
  root: Schema,
): 'tags' | 'checks' | 'items' {
  if (field.prefix.length > 0 || field.items === null) return 'items'
  const item = readField(field.items, root)
  const items = isJsonArray(value) ? value : []
  if (!items.every((one) => one !== null && fitsField(item, one, root))) return 'items'
  if (item.kind === 'text') {
    return items.every((one) => typeof one === 'string' && !one.includes('\n')) ? 'tags' : 'items'
  }
  if (item.kind === 'number') return 'tags'
  const isSet = new Set(items.map((one) => JSON.stringify(one))).size === items.length
  return item.kind === 'enum' && field.unique && isSet ? 'checks' : 'items'
}

/** The field that shows the value at a path: JSON where the schema's own cannot show it. Pure. */
export function shownField(
  schema: Schema,
  root: Schema,
  value: JsonValue | undefined,
): { readonly field: Field; readonly fits: boolean } {
  const field = readField(schema, root)
  // A null that stands for "nothing yet" in an array belongs to the field.
  if (value === undefined || value === null || fitsField(field, value, root)) {
    return { field, fits: true }
  }
  const { title, description, nullable, defaultValue, typeName } = field
  return {
    field: { title, description, nullable, defaultValue, typeName, kind: 'json' },
    fits: false,
  }
}

/** The variant that is shown: the one a person chose, else the one that the value follows. Pure. */
export function chosenVariant(
  field: FieldOf<'choice'>,
  state: FormState,
  path: JsonPath,
  root: Schema,
): number {
  const value = valueAt(state.args, path)
  const chosen = state.choices[pointerOf(path)]
  if (chosen === undefined) return variantOf(field, value, root)
  const schema = field.variants[chosen]?.schema
  if (schema === undefined) return 0
  // The arguments may have changed since, as JSON.
  return value === undefined || value === null || fitsField(readField(schema, root), value, root)
    ? chosen
    : variantOf(field, value, root)
}
