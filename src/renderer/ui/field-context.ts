import * as React from 'react'

/** What a Field tells the control inside it. */
export interface FieldIds {
  readonly controlId: string
  readonly labelId: string
  /** The ids of its hint and error, if any. */
  readonly describedBy: string | undefined
  readonly invalid: boolean
  readonly required: boolean
}

/** The field round a control; null outside one. */
export const FieldContext = React.createContext<FieldIds | null>(null)

/** The attributes that tie a control to its field. */
export interface FieldAttributes {
  id?: string
  'aria-describedby'?: string
  'aria-invalid'?: true
  'aria-required'?: true
}

/** The attributes that tie a control to the field round it; empty outside one. */
export function useFieldAttributes(): FieldAttributes {
  const field = React.use(FieldContext)
  if (field === null) return {}
  const attributes: FieldAttributes = { id: field.controlId }
  if (field.describedBy !== undefined) attributes['aria-describedby'] = field.describedBy
  if (field.invalid) attributes['aria-invalid'] = true
  if (field.required) attributes['aria-required'] = true
  return attributes
}
