import { X } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { JsonValue } from '../../../../shared/lib/json.ts'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { useFieldAttributes } from '../../../ui/field-context.ts'
import type { FieldOf } from './field.ts'
import { type SchemaFieldProps, useFormScope } from './form-scope.ts'
import { removeItem, setValue } from './form-state.ts'
import { isJsonArray, jsonEquals, valueAt } from './json-path.ts'
import { parseNumber } from './parse-number.ts'
import { readField } from './read-field.ts'

type ListProps = SchemaFieldProps & { readonly field: FieldOf<'array'> }

/** Texts or numbers side by side: Enter adds what is typed, Backspace in the empty input removes the last. */
export function TagList({ field, path, required, isSlot }: ListProps): React.JSX.Element {
  const { t } = useTranslation('tools')
  const { root, state, change } = useFormScope()
  const attributes = useFieldAttributes()
  const [typed, setTyped] = React.useState('')
  const input = React.useRef<HTMLInputElement>(null)
  const value = valueAt(state.args, path)
  const items = isJsonArray(value) ? value : []
  const item = readField(field.items ?? true, root)
  const add = (texts: readonly string[]) => {
    const added: JsonValue[] = []
    for (const text of texts) {
      const read = item.kind === 'number' ? parseNumber(text, item.integer) : { value: text }
      // What is no number stays in the input, to be mended.
      if (!('value' in read)) return
      added.push(read.value)
    }
    setTyped('')
    if (added.length > 0) change((last) => setValue(last, path, [...items, ...added]))
  }
  const remove = (index: number) => {
    change((last) => removeItem(last, path, index, required || isSlot ? [] : undefined))
    input.current?.focus()
  }
  return (
    <div className="flex min-h-7 flex-wrap items-center gap-1 rounded-md border border-line-control bg-control px-1 focus-within:outline-(--ring) has-aria-invalid:border-bad">
      {items.map((one, index) => (
        // A list may hold the same text twice: its place is what tells them apart.
        // oxlint-disable-next-line react/no-array-index-key
        <span
          key={index}
          className="mono-12 flex h-5 min-w-0 items-center rounded-sm bg-track pl-1.5"
        >
          <span className="min-w-0 truncate" title={labelOf(one)}>
            {one === '' ? t('form.emptyText') : labelOf(one)}
          </span>
          <button
            type="button"
            aria-label={t('form.removeItem', { name: labelOf(one) })}
            className="-my-0.5 grid size-6 flex-none place-items-center rounded-sm text-ink-3 hover:text-ink"
            onClick={() => remove(index)}
          >
            <X size={12} strokeWidth={2} aria-hidden />
          </button>
        </span>
      ))}
      <input
        {...attributes}
        ref={input}
        autoComplete="off"
        spellCheck={false}
        inputMode={item.kind === 'number' ? 'decimal' : 'text'}
        placeholder={t('form.addTag')}
        value={typed}
        className="t-13 h-6 min-w-16 flex-1 bg-transparent px-1 outline-none placeholder:text-ink-3 placeholder:opacity-100"
        onChange={(event) => setTyped(event.currentTarget.value)}
        onPaste={(event) => {
          const lines = event.clipboardData.getData('text').split(/\r?\n/).filter(Boolean)
          if (lines.length < 2) return
          event.preventDefault()
          add(lines)
        }}
        // What is typed counts, also for a person who goes on with Tab.
        onBlur={() => {
          if (typed !== '') add([typed])
        }}
        onKeyDown={(event) => {
          const isRun = event.ctrlKey || event.metaKey
          if (event.key === 'Enter' && !event.nativeEvent.isComposing && typed !== '') {
            if (!isRun) event.preventDefault()
            add([typed])
          }
          if (event.key === 'Backspace' && typed === '' && items.length > 0) {
            event.preventDefault()
            remove(items.length - 1)
          }
        }}
      />
    </div>
  )
}

function labelOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** A set of values out of an enumeration: one box each. */
export function CheckList({ field, path, required, isSlot }: ListProps): React.JSX.Element {
  const { root, state, change } = useFormScope()
  const value = valueAt(state.args, path)
  const items = isJsonArray(value) ? value : []
  const item = readField(field.items ?? true, root)
  const options = item.kind === 'enum' ? item.options : []
  const toggle = (option: JsonValue, checked: boolean) => {
    const next = checked ? [...items, option] : items.filter((one) => !jsonEquals(one, option))
    const isGone = next.length === 0 && !required && !isSlot
    change((last) => setValue(last, path, isGone ? undefined : next))
  }
  return (
    <div className="flex flex-wrap gap-x-4 gap-y-1 pl-1">
      {options.map((option) => (
        <Checkbox
          key={JSON.stringify(option.value)}
          checked={items.some((one) => jsonEquals(one, option.value))}
          onChange={(checked) => toggle(option.value, checked)}
        >
          {option.label}
        </Checkbox>
      ))}
    </div>
  )
}
