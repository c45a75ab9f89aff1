import { X } from 'lucide-react'
import * as React from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/icon-button.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { FieldError } from './field-error.tsx'
import { FormGroup } from './form-group.tsx'
import type { PairRow } from './form-values.ts'
import { PairValue } from './pair-value.tsx'
import { type Pair, parseEnvLines, parseHeaderLines } from './pasted-pairs.ts'

/** What a list of names and values takes. */
export interface PairListProps {
  readonly kind: 'env' | 'headers'
  readonly value: readonly PairRow[]
  readonly onChange: (value: PairRow[]) => void
  /** The issue of each row, by its index. */
  readonly issueAt: (index: number) => string | undefined
}

const emptyRow: PairRow = { name: '', value: '', kept: null, toVault: false }

/** Variables or headers: a name and a value per row, with an empty row at the end. Pasted lines become rows. */
export function PairList({ kind, value, onChange, issueAt }: PairListProps): React.JSX.Element {
  const { t } = useTranslation('serverForm')
  const id = React.useId()
  const list = React.useRef<HTMLUListElement>(null)
  const change = (index: number, row: PairRow) => {
    const isEmptied = row.name === '' && row.value === '' && row.kept === null
    if (isEmptied && index === value.length - 1) onChange(value.slice(0, -1))
    else onChange(value.toSpliced(index, 1, row))
  }
  const onPaste = (event: React.ClipboardEvent, index: number, isName: boolean) => {
    const text = event.clipboardData.getData('text')
    const pairs = kind === 'env' ? parseEnvLines(text) : parseHeaderLines(text)
    // A value may look like a line of its own; only several of them are surely rows.
    if (pairs === null || (!isName && pairs.length < 2)) return
    event.preventDefault()
    onChange(withPairs(value, index, pairs))
  }
  return (
    <FormGroup label={t(`${kind}.label`)} hint={t(`${kind}.hint`)}>
      <ul ref={list} className="flex flex-col gap-1">
        {[...value, emptyRow].map((row, index) => {
          const isNew = index === value.length
          const number = index + 1
          const name = row.name.trim() === '' ? String(number) : row.name.trim()
          const issue = isNew ? undefined : issueAt(index)
          const errorId = `${id}${index}`
          const described =
            issue === undefined
              ? {}
              : { 'aria-invalid': true as const, 'aria-describedby': errorId }
          return (
            // A row is what stands at its place: its input must stay the same one while it is typed into.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={index} className="flex flex-col gap-1">
              <div className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_24px] items-start gap-1">
                <TextInput
                  mono
                  {...described}
                  aria-label={t(`${kind}.name`, { number })}
                  placeholder={t(`${kind}.addName`)}
                  value={row.name}
                  onChange={(event) => change(index, { ...row, name: event.target.value })}
                  onPaste={(event) => onPaste(event, index, true)}
                />
                <PairValue
                  row={row}
                  label={t(`${kind}.value`, { name })}
                  placeholder={t(`${kind}.addValue`)}
                  described={described}
                  onChange={(changed) => change(index, { ...row, ...changed })}
                  onPaste={(event) => onPaste(event, index, false)}
                />
                <IconButton
                  icon={X}
                  size="sm"
                  className={isNew ? 'invisible' : 'mt-0.5'}
                  label={t(`${kind}.remove`, { name })}
                  onClick={() => {
                    flushSync(() => onChange(value.toSpliced(index, 1)))
                    list.current?.querySelectorAll('li')[index]?.querySelector('input')?.focus()
                  }}
                />
              </div>
              <FieldError id={errorId} message={issue} />
            </li>
          )
        })}
      </ul>
    </FormGroup>
  )
}

/** Pasted pairs take the place of an empty row, and of rows of the same name. */
function withPairs(rows: readonly PairRow[], index: number, pairs: readonly Pair[]): PairRow[] {
  const names = new Set(pairs.map(({ name }) => name))
  const before = rows.slice(0, index)
  const after = rows.slice(index)
  const keep = (row: PairRow) => !names.has(row.name) && !(row.name === '' && row.value === '')
  return [
    ...before.filter(keep),
    ...pairs.map((pair) => ({ ...pair, kept: null, toVault: false })),
    ...after.filter(keep),
  ]
}
