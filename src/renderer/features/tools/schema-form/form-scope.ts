import * as React from 'react'
import type { Schema } from './field.ts'
import type { FormState } from './form-state.ts'
import type { JsonPath } from './json-path.ts'

/** What every field of one form knows. */
export interface FormScope {
  /** The whole schema, in which references point. */
  readonly root: Schema
  readonly state: FormState
  readonly change: (change: (state: FormState) => FormState) => void
  /** What is wrong at a place, as a person reads it; `deep`: or anywhere below. Null: nothing that should be shown. */
  readonly problemAt: (path: JsonPath, deep: boolean) => string | null
  /** The field of a value inside another one: handed down, because fields hold each other. */
  readonly InnerField: React.ComponentType<SchemaFieldProps>
}

/** The form round a field. */
export const FormScopeContext = React.createContext<FormScope | null>(null)

/** The form round a field. Throws outside one. */
export function useFormScope(): FormScope {
  const scope = React.use(FormScopeContext)
  if (scope === null) throw new Error('A field of a schema stands in a SchemaForm.')
  return scope
}

/** What every field takes. */
export interface SchemaFieldProps {
  readonly schema: Schema
  readonly path: JsonPath
  /** The name of the member, or the number of the item. */
  readonly name: string
  readonly required: boolean
  /** An item of an array, or a member that the schema does not name: emptied, it is still there. */
  readonly isSlot: boolean
  /** At the right end of the label's line. */
  readonly side: React.ReactNode
  /** Texts of the field that this one is a variant of. */
  readonly description?: string | null
}
