import type { JsonValue } from '../../../../shared/lib/json.ts'
import type { Schema } from './field.ts'
import { chosenVariant, itemSchemas, memberRows, shownField } from './form-rows.ts'
import type { DraftFault, FormState } from './form-state.ts'
import { isJsonArray, isJsonObject, type JsonPath, pointerOf, valueAt } from './json-path.ts'

/** What the form itself finds, at once; the rest of the schema is checked by the host. */
export type LocalProblem =
  | { readonly kind: 'draft'; readonly fault: DraftFault }
  | { readonly kind: 'required' }
  | { readonly kind: 'least'; readonly bound: number }
  | { readonly kind: 'most'; readonly bound: number }

/** The problems by JSON Pointer: texts that are no values, missing members, numbers out of bounds. Pure. */
export function localProblems(schema: Schema, state: FormState): ReadonlyMap<string, LocalProblem> {
  const problems = new Map<string, LocalProblem>()
  walk(schema, [])
  for (const [pointer, { fault }] of Object.entries(state.drafts)) {
    problems.set(pointer, { kind: 'draft', fault })
  }
  return problems

  function walk(at: Schema, path: JsonPath): void {
    const value = valueAt(state.args, path)
    const { field } = shownField(at, schema, value)
    switch (field.kind) {
      case 'object':
        if (isJsonObject(value)) {
          for (const row of memberRows(field, value)) {
            const inner = [...path, row.name]
            if (Object.hasOwn(value, row.name)) walk(row.schema, inner)
            else if (row.required) problems.set(pointerOf(inner), { kind: 'required' })
          }
        }
        return
      case 'array':
        if (isJsonArray(value)) {
          for (const [index, item] of itemSchemas(field, value).entries()) {
            if (index < value.length) walk(item, [...path, index])
          }
        }
        return
      case 'choice': {
        const variant = field.variants[chosenVariant(field, state, path, schema)]
        // A variant without a value would be walked for ever where it is recursive.
        if (variant !== undefined && value !== undefined && value !== null) {
          walk(variant.schema, path)
        }
        return
      }
      case 'number': {
        const problem = outOfBounds(value, field.bounds.min, field.bounds.max)
        if (problem !== null) problems.set(pointerOf(path), problem)
        return
      }
      case 'text':
      case 'boolean':
      case 'const':
      case 'enum':
      case 'json':
        return
    }
  }
}

function outOfBounds(
  value: JsonValue | undefined,
  min: number | null,
  max: number | null,
): LocalProblem | null {
  if (typeof value !== 'number') return null
  if (min !== null && value < min) return { kind: 'least', bound: min }
  if (max !== null && value > max) return { kind: 'most', bound: max }
  return null
}
