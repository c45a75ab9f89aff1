import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { JsonValue } from '../../../../shared/lib/json.ts'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { JsonEditor } from '../../../ui/json-editor.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { TextInput } from '../../../ui/text-input.tsx'
import type { FieldOf } from './field.ts'
import { type SchemaFieldProps, useFormScope } from './form-scope.ts'
import { setDraft, setValue } from './form-state.ts'
import { type JsonPath, jsonEquals, pointerOf, valueAt } from './json-path.ts'
import { parseJson } from './parse-json.ts'
import { parseNumber } from './parse-number.ts'

interface Slot {
  readonly value: JsonValue | undefined
  /** What was typed and is no value yet. */
  readonly draft: string | null
  readonly set: (value: JsonValue | undefined) => void
}

function useSlot(path: JsonPath): Slot {
  const { state, change } = useFormScope()
  return {
    value: valueAt(state.args, path),
    draft: state.drafts[pointerOf(path)]?.text ?? null,
    set: (value) => change((last) => setValue(last, path, value)),
  }
}

/** How a format looks, shown while the field is empty. */
const examples: Readonly<Record<string, string>> = {
  'date-time': '2026-11-01T00:00:00Z',
  date: '2026-11-01',
  time: '13:45:00Z',
  duration: 'P3DT4H',
  email: 'name@example.com',
  uri: 'https://example.com/',
  'uri-reference': '../page',
  uuid: '123e4567-e89b-12d3-a456-426614174000',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  hostname: 'example.com',
}

/** A text: one line for a format, else as many as are typed. */
export function TextField({
  field,
  path,
  isSlot,
}: SchemaFieldProps & { readonly field: FieldOf<'text'> }): React.JSX.Element {
  const { value, set } = useSlot(path)
  const text = typeof value === 'string' ? value : ''
  const onChange = (event: { readonly currentTarget: { readonly value: string } }) => {
    const next = event.currentTarget.value
    set(next === '' && !isSlot ? undefined : next)
  }
  const example = field.format === null ? undefined : examples[field.format]
  // An input of one line would lose the others.
  if (example !== undefined && !text.includes('\n')) {
    return <TextInput mono value={text} placeholder={example} onChange={onChange} />
  }
  const isBytes = field.format === 'byte' || field.format === 'base64'
  return (
    <TextArea rows={1} mono={isBytes} value={text} onChange={onChange} className="resize-none!" />
  )
}

/** A number, typed as JSON writes it. The arrow keys step it by one. */
export function NumberField({
  field,
  path,
  isSlot,
}: SchemaFieldProps & { readonly field: FieldOf<'number'> }): React.JSX.Element {
  const { change } = useFormScope()
  const { value, draft, set } = useSlot(path)
  const [typed, setTyped] = React.useState('')
  const read = parseNumber(typed, field.integer)
  const isTyped = 'value' in read && read.value === value
  const text = draft ?? (isTyped ? typed : typeof value === 'number' ? String(value) : '')
  const onText = (next: string) => {
    setTyped(next)
    const parsed = parseNumber(next, field.integer)
    if ('value' in parsed) set(parsed.value)
    else if (next.trim() === '') set(isSlot ? null : undefined)
    else change((state) => setDraft(state, path, { text: next, fault: parsed.fault }))
  }
  return (
    <TextInput
      inputMode={field.integer ? 'numeric' : 'decimal'}
      className="tabular-nums"
      value={text}
      onChange={(event) => onText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
        event.preventDefault()
        const from = typeof value === 'number' ? value : (field.bounds.min ?? 0)
        const next = from + (event.key === 'ArrowUp' ? 1 : -1)
        const { min, max } = field.bounds
        onText(String(Math.min(max ?? next, Math.max(min ?? next, next))))
      }}
    />
  )
}

/** True, false, or nothing at all. */
export function BooleanField({
  path,
  name,
  required,
  isSlot,
}: SchemaFieldProps): React.JSX.Element {
  const { t } = useTranslation('tools')
  const { value, set } = useSlot(path)
  const segments = [
    ...(required || isSlot ? [] : [{ value: 'unset', label: t('form.notSet') } as const]),
    { value: 'true', label: 'true' } as const,
    { value: 'false', label: 'false' } as const,
  ]
  return (
    <span className="flex">
      <Segmented<'unset' | 'true' | 'false'>
        label={name}
        segments={segments}
        value={typeof value === 'boolean' ? (value ? 'true' : 'false') : 'unset'}
        onChange={(next) => set(next === 'unset' ? undefined : next === 'true')}
      />
    </span>
  )
}

/** The one value that is allowed: nothing to choose where it must be there. */
export function ConstField({
  field,
  path,
  required,
}: SchemaFieldProps & { readonly field: FieldOf<'const'> }): React.JSX.Element {
  const { value, set } = useSlot(path)
  const shown = (
    <code className="text-ink-2 wrap-anywhere">
      {typeof field.value === 'string' ? field.value : JSON.stringify(field.value)}
    </code>
  )
  if (required && value !== undefined) {
    return <span className="flex min-h-7 items-center">{shown}</span>
  }
  return (
    <Checkbox
      checked={value !== undefined}
      onChange={(checked) => set(checked ? field.value : undefined)}
    >
      {shown}
    </Checkbox>
  )
}

/** One of the values of an enumeration. */
export function EnumField({
  field,
  path,
  required,
  isSlot,
}: SchemaFieldProps & { readonly field: FieldOf<'enum'> }): React.JSX.Element {
  const { t } = useTranslation('tools')
  const { value, set } = useSlot(path)
  const chosen = field.options.findIndex((option) => jsonEquals(option.value, value))
  const options = field.options.map(({ value: one, label }, index) => {
    const own = typeof one === 'string' ? one : JSON.stringify(one)
    return { value: String(index), label, ...(own !== label && { hint: own }) }
  })
  return (
    <Select
      options={
        required || isSlot ? options : [{ value: 'unset', label: t('form.notSet') }, ...options]
      }
      value={chosen === -1 ? (required || isSlot ? null : 'unset') : String(chosen)}
      placeholder={t('form.choose')}
      onChange={(next) => set(next === 'unset' ? undefined : field.options[Number(next)]?.value)}
    />
  )
}

/** Any value, typed as JSON. */
export function JsonField({ path, isSlot }: SchemaFieldProps): React.JSX.Element {
  const { change } = useFormScope()
  const { value, draft, set } = useSlot(path)
  const [typed, setTyped] = React.useState('')
  const read = parseJson(typed)
  const isTyped = 'value' in read && jsonEquals(read.value, value)
  const written = value === undefined ? '' : JSON.stringify(value, null, 2)
  return (
    <JsonEditor
      minLines={1}
      maxLines={16}
      value={draft ?? (isTyped ? typed : written)}
      onChange={(next) => {
        setTyped(next)
        const parsed = parseJson(next)
        if ('value' in parsed) set(parsed.value)
        else if (next.trim() === '') set(isSlot ? null : undefined)
        else change((state) => setDraft(state, path, { text: next, fault: 'json' }))
      }}
    />
  )
}
