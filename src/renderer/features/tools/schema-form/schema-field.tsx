import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { assertNever } from '../../../../shared/lib/assert-never.ts'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { Field } from '../../../ui/field.tsx'
import { Select } from '../../../ui/select.tsx'
import { ArrayField } from './array-field.tsx'
import type { FieldOf, Field as SchemaFieldModel } from './field.ts'
import { fieldHint, typeText } from './field-texts.tsx'
import { arrayLook, chosenVariant, shownField } from './form-rows.ts'
import { type SchemaFieldProps, useFormScope } from './form-scope.ts'
import { chooseVariant, setValue } from './form-state.ts'
import { newItem } from './initial-value.ts'
import { valueAt } from './json-path.ts'
import {
  BooleanField,
  ConstField,
  EnumField,
  JsonField,
  NumberField,
  TextField,
} from './leaf-fields.tsx'
import { ObjectField } from './object-field.tsx'
import { CheckList, TagList } from './scalar-lists.tsx'

/** One value of the arguments: the control that its schema asks for, or JSON where none shows it. */
export function SchemaField(props: SchemaFieldProps): React.JSX.Element {
  const { schema, path } = props
  const { root, state } = useFormScope()
  const value = valueAt(state.args, path)
  const { field } = shownField(schema, root, value)
  if (value === null && field.nullable) return <LeafField {...props} field={field} isNull />
  switch (field.kind) {
    case 'choice':
      return <ChoiceField {...props} field={field} />
    case 'object':
      return <ObjectField {...props} field={field} />
    case 'array':
      return arrayLook(field, value, root) === 'items' ? (
        <ArrayField {...props} field={field} />
      ) : (
        <LeafField {...props} field={field} isNull={false} />
      )
    case 'text':
    case 'number':
    case 'boolean':
    case 'const':
    case 'enum':
    case 'json':
      return <LeafField {...props} field={field} isNull={false} />
    default:
      return assertNever(field)
  }
}

/** The field of the chosen variant, with the choice beside its name. */
function ChoiceField({
  field,
  ...props
}: SchemaFieldProps & { readonly field: FieldOf<'choice'> }): React.JSX.Element {
  const { t } = useTranslation('tools')
  const { root, state, change } = useFormScope()
  const chosen = chosenVariant(field, state, props.path, root)
  const variant = field.variants[chosen]
  return (
    <SchemaField
      {...props}
      schema={variant?.schema ?? true}
      description={field.description ?? props.description ?? null}
      side={
        <>
          <Select
            size="sm"
            label={t('form.variantOf', { name: props.name })}
            options={field.variants.map(({ label }, index) => ({ value: String(index), label }))}
            value={String(chosen)}
            onChange={(next) =>
              change((last) => chooseVariant(last, props.path, field, Number(next), root))
            }
          />
          {field.nullable && <NullToggle {...props} isNull={false} />}
          {props.side}
        </>
      }
    />
  )
}

function LeafField({
  field,
  isNull,
  ...props
}: SchemaFieldProps & {
  readonly field: SchemaFieldModel
  readonly isNull: boolean
}): React.JSX.Element {
  const { t } = useTranslation('tools')
  const { problemAt } = useFormScope()
  const { path, name, required, side, description } = props
  const isWide = field.kind === 'json' || path.length > 1
  const isList = field.kind === 'json' || field.kind === 'array'
  return (
    <Field
      label={name === '' ? t('form.value') : name}
      code
      type={typeText(field, t)}
      required={required}
      hint={fieldHint(field, description ?? null, t)}
      error={problemAt(path, isList)}
      className={isWide ? 'col-span-full' : undefined}
      side={
        <span className="flex items-center gap-2">
          {field.nullable && <NullToggle {...props} isNull={isNull} />}
          {side}
        </span>
      }
    >
      {isNull ? (
        <code className="flex h-7 items-center text-ink-2">{t('form.null')}</code>
      ) : (
        <Control {...props} field={field} />
      )}
    </Field>
  )
}

/** Sets null and takes it away again. */
function NullToggle({
  path,
  name,
  schema,
  isSlot,
  isNull,
}: SchemaFieldProps & { readonly isNull: boolean }): React.JSX.Element {
  const { root, change } = useFormScope()
  const { t } = useTranslation('tools')
  return (
    <Checkbox
      checked={isNull}
      label={t('form.nullFor', { name })}
      onChange={(checked) => {
        const item = isSlot ? newItem(schema, root) : undefined
        change((state) => setValue(state, path, checked ? null : (item ?? undefined)))
      }}
    >
      <code className="text-ink-3">{t('form.null')}</code>
    </Checkbox>
  )
}

function Control({
  field,
  ...props
}: SchemaFieldProps & { readonly field: SchemaFieldModel }): React.JSX.Element | null {
  const { root, state } = useFormScope()
  switch (field.kind) {
    case 'text':
      return <TextField {...props} field={field} />
    case 'number':
      return <NumberField {...props} field={field} />
    case 'boolean':
      return <BooleanField {...props} />
    case 'const':
      return <ConstField {...props} field={field} />
    case 'enum':
      return <EnumField {...props} field={field} />
    case 'json':
      return <JsonField {...props} />
    case 'array':
      return arrayLook(field, valueAt(state.args, props.path), root) === 'checks' ? (
        <CheckList {...props} field={field} />
      ) : (
        <TagList {...props} field={field} />
      )
    // Null stands in their place: there is nothing to fill in.
    case 'object':
    case 'choice':
      return null
    default:
      return assertNever(field)
  }
}
