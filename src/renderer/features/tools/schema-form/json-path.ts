import type { JsonObject, JsonValue } from '../../../../shared/lib/json.ts'

/** The way into a JSON value: member names, and positions in arrays. */
export type JsonPath = readonly (string | number)[]

/** The JSON Pointer (RFC 6901) of a path; empty: the value itself. Pure. */
export function pointerOf(path: JsonPath): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** The steps of a JSON Pointer, as text. Pure. */
export function stepsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** True for a JSON object: not null, not an array. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isJsonArray(value)
}

/** True for a JSON array. `Array.isArray` alone does not narrow a readonly one. */
export function isJsonArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value)
}

/** The value at a path; undefined where there is none. Pure. */
export function valueAt(value: JsonValue | undefined, path: JsonPath): JsonValue | undefined {
  let at = value
  for (const step of path) {
    if (isJsonArray(at) && typeof step === 'number') at = at[step]
    else if (isJsonObject(at) && Object.hasOwn(at, step)) at = at[String(step)]
    else return undefined
  }
  return at
}

/**
 * The value with another one at a path; `undefined` removes a member, and empties a position of an array to null, because
 * the others keep their places. Members keep their order. What is missing on the way is made. Pure.
 */
export function withValueAt(
  value: JsonValue | undefined,
  path: JsonPath,
  next: JsonValue | undefined,
): JsonValue | undefined {
  const [step, ...rest] = path
  if (step === undefined) return next
  if (typeof step === 'number') {
    const items = isJsonArray(value) ? [...value] : []
    while (items.length < step) items.push(null)
    items[step] = withValueAt(items[step], rest, next) ?? null
    return items
  }
  const object = isJsonObject(value) ? value : {}
  const own = Object.hasOwn(object, step) ? object[step] : undefined
  const inner = withValueAt(own, rest, next)
  if (inner !== undefined) return { ...object, [step]: inner }
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== step))
}

/** Whether two JSON values are the same; the order of members does not count. Pure. */
export function jsonEquals(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true
  if (isJsonArray(a) && isJsonArray(b)) {
    return a.length === b.length && a.every((item, index) => jsonEquals(item, b[index]))
  }
  if (isJsonObject(a) && isJsonObject(b)) {
    const keys = Object.keys(a)
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && jsonEquals(a[key], b[key]))
    )
  }
  return false
}
