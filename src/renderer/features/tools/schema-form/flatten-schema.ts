import type { JsonObject, JsonValue } from '../../../../shared/lib/json.ts'
import { countParts } from './count-parts.ts'
import type { Schema } from './field.ts'
import { isJsonArray, isJsonObject, jsonEquals, stepsOf, valueAt } from './json-path.ts'

/** Whether a JSON value is a schema: an object or a boolean. */
export function isSchema(value: JsonValue | undefined): value is Schema {
  return typeof value === 'boolean' || isJsonObject(value)
}

/** A form is not made of more parts than this: it would hold up the page. */
const maxParts = 2_000

/**
 * A schema with its `$ref` followed and its `allOf` merged; what lies inside stays as it is. Null where that cannot be done:
 * a reference to elsewhere, parts or variants in a circle or too many of them, or parts that contradict each other. Pure.
 * @param root the whole schema, in which references point.
 */
export function flattenSchema(schema: Schema, root: Schema): Schema | null {
  return countParts(schema, root, resolveRef) > maxParts ? null : flatten(schema, root, new Set())
}

function flatten(schema: Schema, root: Schema, followed: ReadonlySet<string>): Schema | null {
  if (typeof schema === 'boolean') return schema
  const { $ref, allOf, ...own } = schema
  let flat: Schema = own
  if (typeof $ref === 'string') {
    if (followed.has($ref)) return null
    const target = resolveRef($ref, root)
    const inner = target === undefined ? null : flatten(target, root, new Set([...followed, $ref]))
    const merged = inner === null ? null : mergeSchemas(inner, flat)
    if (merged === null) return null
    flat = merged
  }
  if (allOf === undefined) return flat
  if (!isJsonArray(allOf)) return null
  for (const part of allOf) {
    const inner = isSchema(part) ? flatten(part, root, followed) : null
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
  const merged = new Map(Object.entries(base))
  for (const [key, value] of Object.entries(over)) {
    const before = merged.get(key)
    const both = before === undefined ? value : mergeKeyword(key, before, value)
    if (both === undefined) return null
    merged.set(key, both)
  }
  return Object.fromEntries(merged)
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
  // Not by assignment: a server may call one `__proto__`.
  const merged = new Map(Object.entries(a))
  for (const [name, schema] of Object.entries(b)) {
    const before = merged.get(name)
    merged.set(name, isSchema(before) && isSchema(schema) ? bothOf(before, schema) : schema)
  }
  return Object.fromEntries(merged)
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
