import type { JsonObject, JsonValue } from '../../../../shared/lib/json.ts'
import type { Field, Schema } from './field.ts'
import { isJsonObject } from './json-path.ts'
import { readField } from './read-field.ts'

/** A schema that requires itself has no value at all: somewhere one must stop. */
const deepest = 8
/** And one whose members each require several others has more than a page can hold. */
const maxValues = 1_000

/**
 * What a value starts as: its default, and where it is required, what leaves no choice (a constant, the members of an
 * object that must be there). Undefined: it starts empty. Pure.
 */
export function initialValue(
  schema: Schema,
  root: Schema,
  required: boolean,
  depth = 0,
  budget: { left: number } = { left: maxValues },
): JsonValue | undefined {
  budget.left -= 1
  if (budget.left < 0) return undefined
  const field = readField(schema, root)
  if (field.defaultValue !== undefined) return field.defaultValue
  if (!required || depth > deepest) return undefined
  switch (field.kind) {
    case 'const':
      return field.value
    case 'enum':
      return field.options.length === 1 ? field.options[0]?.value : undefined
    case 'object': {
      const members = field.properties.flatMap((property): [string, JsonValue][] => {
        const value = initialValue(property.schema, root, property.required, depth + 1, budget)
        return value === undefined ? [] : [[property.name, value]]
      })
      return Object.fromEntries(members)
    }
    case 'choice': {
      const [first] = field.variants
      return first === undefined
        ? undefined
        : initialValue(first.schema, root, true, depth + 1, budget)
    }
    case 'text':
    case 'number':
    case 'boolean':
    case 'array':
    case 'json':
      return undefined
  }
}

/** The arguments that a form starts with. Pure. */
export function initialArgs(root: Schema): JsonObject {
  const value = initialValue(root, root, true)
  return isJsonObject(value) ? value : {}
}

/** What a new item of an array or a new member starts as: it must be something, or it would not be there. Pure. */
export function newItem(schema: Schema, root: Schema): JsonValue {
  return initialValue(schema, root, true) ?? emptyOf(readField(schema, root))
}

/** What stands for "nothing entered" where something must stand. Pure. */
export function emptyOf(field: Field): JsonValue {
  switch (field.kind) {
    case 'text':
      return ''
    case 'array':
      return []
    case 'object':
      return {}
    default:
      return null
  }
}
