import type * as React from 'react'
import { Controller } from 'react-hook-form'
import { Segmented, type SegmentedProps } from '../../ui/segmented.tsx'
import type { FieldsProps } from './fields-props.ts'
import { FormGroup } from './form-group.tsx'
import type { FormValues } from './form-values.ts'

type ChoiceName = 'transport' | 'start' | 'onExceeded' | 'toolFilter'

/** The values of each choice are those of its field. */
type Choice = {
  [Name in ChoiceName]: {
    readonly name: Name
    readonly segments: SegmentedProps<FormValues[Name]>['segments']
  }
}[ChoiceName]

/** One of a few values of the form, side by side, with a label and a hint. */
export function ChoiceField({
  control,
  name,
  label,
  hint,
  segments,
}: FieldsProps &
  Choice & {
    readonly label: string
    readonly hint?: string | undefined
  }): React.JSX.Element {
  return (
    <FormGroup label={label} hint={hint}>
      <Controller
        control={control}
        name={name}
        render={({ field }) => (
          <Segmented<FormValues[ChoiceName]>
            label={label}
            className="self-start"
            segments={segments}
            value={field.value}
            onChange={field.onChange}
          />
        )}
      />
    </FormGroup>
  )
}
