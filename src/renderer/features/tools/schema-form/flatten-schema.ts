import type { JsonObject, JsonValue } from '../../../../shared/lib/json.ts'
import type { Schema } from './field.ts'
import { isJsonArray, isJsonObject, jsonEquals, stepsOf, valueAt } from './json-path.ts'

/** Whether a JSON value is a schema: an object or a boolean. */
export function isSchema(value: JsonValue | undefined): value is Schema {
  return typeof value === 'boolean' || isJsonObject(value)
}

/**
 * A schema with its `$ref` followed and its `allOf` merged; what lies inside stays as it is. Null where that cannot be done:
 * a reference to elsewhere or in a circle, or parts that contradict each other. Pure.
 * @param root the whole schema, in which references point.
 */
export function flattenSchema(
  schema: Schema,
  root: Schema,
  followed: ReadonlySet<string> = new Set(),
): Schema | null {
  if (typeof schema === 'boolean') return schema
  const { $ref, allOf, ...own } = schema
  let flat: Schema = own
  if (typeof $ref === 'string') {
    if (followed.has($ref)) return null
    const target = resolveRef($ref, root)
    const inner =
      target === undefined ? null : flattenSchema(target, root, new Set([...followed, $ref]))
    const merged = inner === null ? null : mergeSchemas(inner, flat)
    if (merged === null) return null
    flat = merged
  }
  if (allOf === undefined) return flat
  if (!isJsonArray(allOf)) return null
  for (const part of allOf) {
    const inner = isSchema(part) ? flattenSchema(part, root, followed) : null
    const merged = inner === null ? null : mergeSchemas(inner, flat)
    if (merged === null) return null
    flat = merged
  }
  return flat
}

/** Where a reference within the schema points: `#`, `#/$defs/x`, `#anchor`; undefined for any other. Pure. */
export function resolveRef(ref: string, root: Schema): Schema | undefined {
  if (ref === '#' || ref === '') return root
  if (!ref.startsWith('#') || typeof root === 'boolean') return undefined
  if (!ref.startsWith('#/')) {
    const anchor = ref.slice(1)
    return [root['$defs'], root['definitions']]
      .flatMap((defs) => (isJsonObject(defs) ? Object.values(defs) : []))
      .filter(isSchema)
      .find((schema) => typeof schema === 'object' && schema['$anchor'] === anchor)
  }
  // A pointer into a schema passes arrays (`/anyOf/0`) too.
  const found = stepsOf(decodeFragment(ref.slice(1))).reduce<JsonValue | undefined>(
    (at, step) => valueAt(at, [isJsonArray(at) ? Number(step) : step]),
    root,
  )
  return isSchema(found) ? found : undefined
}

function decodeFragment(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A stray % is a part of the name.
    return text
  }
}

const greatest = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties']
const least = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties']

/**
 * One schema that asks for what both ask for, as far as a form needs it; the texts are those of `over`. Null where they
 * contradict each other or cannot be put into one. Pure.
 */
export function mergeSchemas(base: Schema, over: Schema): Schema | null {
  if (base === true) return over
  if (over === true) return base
  if (base === false || over === false) return false
  const merged: Record<string, JsonValue> = { ...base }
  for (const [key, value] of Object.entries(over)) {
    const before = Object.hasOwn(base, key) ? base[key] : undefined
    const both = before === undefined ? value : mergeKeyword(key, before, value)
    if (both === undefined) return null
    merged[key] = both
  }
  return merged
}

/** Undefined: they contradict each other. */
function mergeKeyword(key: string, a: JsonValue, b: JsonValue): JsonValue | undefined {
  if (jsonEquals(a, b)) return b
  if (greatest.includes(key) && typeof a === 'number' && typeof b === 'number') {
    return Math.max(a, b)
  }
  if (least.includes(key) && typeof a === 'number' && typeof b === 'number') return Math.min(a, b)
  switch (key) {
    case 'type':
      return mergeTypes(a, b)
    case 'required':
      return isJsonArray(a) && isJsonArray(b) ? [...new Set([...a, ...b])] : undefined
    case 'enum': {
      if (!isJsonArray(a) || !isJsonArray(b)) return undefined
      const both = a.filter((one) => b.some((other) => jsonEquals(one, other)))
      return both.length > 0 ? both : undefined
    }
    case 'properties':
      return isJsonObject(a) && isJsonObject(b) ? mergeProperties(a, b) : undefined
    case 'items':
    case 'additionalProperties':
      return isSchema(a) && isSchema(b) ? bothOf(a, b) : undefined
    case 'const':
    case 'anyOf':
    case 'oneOf':
    case 'prefixItems':
    case 'not':
      return undefined
    default:
      return b
  }
}

function mergeProperties(a: JsonObject, b: JsonObject): JsonObject {
  const merged: Record<string, JsonValue> = { ...a }
  for (const [name, schema] of Object.entries(b)) {
    const before = Object.hasOwn(a, name) ? a[name] : undefined
    merged[name] = isSchema(before) && isSchema(schema) ? bothOf(before, schema) : schema
  }
  return merged
}

/** Merged when it is read: one of them may be recursive. */
function bothOf(a: Schema, b: Schema): Schema {
  if (a === false || b === false) return false
  return { allOf: [a, b] }
}

function mergeTypes(a: JsonValue, b: JsonValue): JsonValue | undefined {
  const first = typesOf(a)
  const second = typesOf(b)
  const both = first.flatMap((type) => {
    if (second.includes(type)) return [type]
    if (type === 'number' && second.includes('integer')) return ['integer']
    if (type === 'integer' && second.includes('number')) return ['integer']
    return []
  })
  if (both.length === 0) return undefined
  return both.length === 1 ? both[0] : both
}

/** The names in a `type`, which is one or a list. Pure. */
export function typesOf(type: JsonValue | undefined): readonly string[] {
  const list = isJsonArray(type) ? type : [type]
  return list.filter((one) => typeof one === 'string')
}
