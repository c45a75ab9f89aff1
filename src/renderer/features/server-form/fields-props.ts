import type { Control } from 'react-hook-form'
import type { FormValues } from './form-values.ts'

/** What the groups of fields take. */
export interface FieldsProps {
  readonly control: Control<FormValues>
}
