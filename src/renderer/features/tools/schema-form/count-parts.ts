import type { JsonValue } from '../../../../shared/lib/json.ts'
import type { Schema } from './field.ts'
import { isJsonArray } from './json-path.ts'

/** How deep parts within parts are followed. */
const deepest = 100

/** What was counted, by root and schema: neither ever changes. */
const counted = new WeakMap<object, WeakMap<object, number>>()

/**
 * How many schemas speak of the same value: the schema itself, and all that its `$ref`, `allOf`, `anyOf` and `oneOf` lead
 * to, each as often as it is met. Infinite where that has no end. Whoever follows them needs as many steps, and a server
 * may write a few lines that lead to billions. Pure.
 */
export function countParts(
  schema: Schema,
  root: Schema,
  resolve: (ref: string, root: Schema) => Schema | undefined,
  depth = 0,
): number {
  if (typeof schema === 'boolean') return 1
  if (depth > deepest) return Number.POSITIVE_INFINITY
  const known = knownOf(typeof root === 'boolean' ? schema : root)
  const before = known.get(schema)
  if (before !== undefined) return before
  // Stands for as long as its parts are counted: one that leads back here has no end.
  known.set(schema, Number.POSITIVE_INFINITY)
  const { $ref, allOf, anyOf, oneOf } = schema
  const target = typeof $ref === 'string' ? resolve($ref, root) : undefined
  const parts = [target, ...listOf(allOf), ...listOf(anyOf), ...listOf(oneOf)]
  const count = parts.reduce<number>(
    (sum, part) => sum + (isPart(part) ? countParts(part, root, resolve, depth + 1) : 0),
    1,
  )
  known.set(schema, count)
  return count
}

function knownOf(root: object): WeakMap<object, number> {
  const known = counted.get(root) ?? new WeakMap<object, number>()
  counted.set(root, known)
  return known
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return isJsonArray(value) ? value : []
}

function isPart(value: JsonValue | undefined): value is Schema {
  return (
    typeof value === 'boolean' ||
    (typeof value === 'object' && value !== null && !isJsonArray(value))
  )
}
