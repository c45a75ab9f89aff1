import { ArrowDown, ArrowUp, X } from 'lucide-react'
import * as React from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { splitWords } from '../../../shared/lib/split-words.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { FormGroup } from './form-group.tsx'

/** What a list of arguments takes. */
export interface ArgumentListProps {
  readonly value: readonly string[]
  readonly onChange: (value: string[]) => void
}

/**
 * The arguments of a command, one per line, with an empty line at the end to type the next one into. Enter goes to the next
 * line, Backspace in an empty one removes it, Alt and an arrow key moves one; several pasted lines or words become several arguments.
 */
export function ArgumentList({ value, onChange }: ArgumentListProps): React.JSX.Element {
  const { t } = useTranslation('serverForm')
  const list = React.useRef<HTMLUListElement>(null)
  const focus = (index: number) => list.current?.querySelectorAll('input')[index]?.focus()
  const changeAndFocus = (changedTo: string[], index: number) => {
    // Drawn at once: a key that comes before the next frame goes where it is meant.
    flushSync(() => onChange(changedTo))
    focus(index)
  }
  const move = (from: number, to: number) => {
    const moved = value[from]
    if (moved === undefined || to < 0 || to >= value.length) return
    changeAndFocus(value.toSpliced(from, 1).toSpliced(to, 0, moved), to)
  }
  const remove = (index: number) => {
    changeAndFocus(value.toSpliced(index, 1), Math.max(0, index - 1))
  }
  const onKeyDown = (event: React.KeyboardEvent, index: number) => {
    const isBare = !event.ctrlKey && !event.metaKey && !event.altKey
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault()
      move(index, event.key === 'ArrowUp' ? index - 1 : index + 1)
    } else if (event.key === 'Enter' && isBare && index < value.length) {
      event.preventDefault()
      focus(index + 1)
    } else if (event.key === 'Backspace' && isBare && value[index] === '') {
      event.preventDefault()
      remove(index)
    }
  }
  const onPaste = (event: React.ClipboardEvent, index: number) => {
    const words = wordsOf(event.clipboardData.getData('text'), (value[index] ?? '') === '')
    if (words.length < 2) return
    event.preventDefault()
    const replaced = (value[index] ?? '') === '' ? 1 : 0
    changeAndFocus(value.toSpliced(index, replaced, ...words), index + words.length)
  }
  return (
    <FormGroup label={t('args.label')} hint={t('args.hint')}>
      <ul ref={list} className="flex flex-col gap-1">
        {[...value, ''].map((argument, index) => {
          const isNew = index === value.length
          const number = index + 1
          return (
            // A row is what stands at its place: its input must stay the same one while it is typed into.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={index} className="flex items-center gap-1">
              <TextInput
                mono
                aria-label={isNew ? t('args.add') : t('args.one', { number })}
                placeholder={isNew ? t('args.add') : t('args.empty')}
                value={argument}
                onChange={(event) => onChange(changed(value, index, event.target.value))}
                onKeyDown={(event) => onKeyDown(event, index)}
                onPaste={(event) => onPaste(event, index)}
              />
              <span className={isNew ? 'invisible flex' : 'flex'}>
                <IconButton
                  icon={ArrowUp}
                  size="sm"
                  label={t('args.up', { number })}
                  disabled={index === 0}
                  onClick={() => move(index, index - 1)}
                />
                <IconButton
                  icon={ArrowDown}
                  size="sm"
                  label={t('args.down', { number })}
                  disabled={index >= value.length - 1}
                  onClick={() => move(index, index + 1)}
                />
                <IconButton
                  icon={X}
                  size="sm"
                  label={t('args.remove', { number })}
                  onClick={() => remove(index)}
                />
              </span>
            </li>
          )
        })}
      </ul>
    </FormGroup>
  )
}

/** The last row goes back to being the empty one when nothing is left in it. */
function changed(value: readonly string[], index: number, text: string): string[] {
  if (text === '' && index === value.length - 1) return value.slice(0, -1)
  return value.toSpliced(index, 1, text)
}

/** Pasted lines are arguments as they stand; words of one line are, where the row was empty and they start with a flag. */
function wordsOf(text: string, isEmptyRow: boolean): string[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  if (lines.length > 1) return lines.map((line) => line.trim())
  return isEmptyRow && /^\s*--?\w/.test(text) ? (splitWords(text) ?? []) : []
}
