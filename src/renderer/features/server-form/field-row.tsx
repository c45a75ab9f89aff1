import type * as React from 'react'
import { AmountField, type AmountFieldProps } from './amount-field.tsx'
import type { FieldsProps } from './fields-props.ts'

/** Fields side by side, as many as fit; the others below. */
export function FieldRow({ children }: { readonly children: React.ReactNode }): React.JSX.Element {
  return <div className="grid grid-cols-[repeat(auto-fit,minmax(160px,1fr))] gap-4">{children}</div>
}

/** Numbers of the form side by side. */
export function AmountRow({
  control,
  amounts,
}: FieldsProps & {
  readonly amounts: readonly Omit<AmountFieldProps, 'control'>[]
}): React.JSX.Element {
  return (
    <FieldRow>
      {amounts.map((amount) => (
        <AmountField key={amount.name} control={control} {...amount} />
      ))}
    </FieldRow>
  )
}
