import { ChevronDown, ChevronUp, Search, X } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../ui/format.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Keys } from '../../ui/keys.tsx'
import { completeQuery, splitDraft, withoutUnfinished } from './complete-query.ts'
import { formatQuery, formatText, type QueryToken, tokensOf, withoutKey } from './format-query.ts'
import { changeQuery, useLogsView } from './logs-view.ts'
import { parseQuery, parseText } from './parse-query.ts'
import type { HitSteps } from './use-hit-steps.ts'

/** What the query bar takes. */
export interface QueryBarProps {
  /** The names of servers, for completions. */
  readonly names: readonly string[]
  readonly steps: HitSteps
  /** The person is done here: to the list. */
  readonly onLeave: () => void
  /** Beside the completions. */
  readonly children: React.ReactNode
}

/**
 * The query as one field: what is finished stands as chips, the text is typed after them. Enter and F3 go to the next hit,
 * Shift back; Tab completes a word, Backspace at the beginning opens the last chip again, Escape empties the text.
 */
export function QueryBar({ names, steps, onLeave, children }: QueryBarProps): React.JSX.Element {
  const { t } = useTranslation('logs')
  const query = useLogsView((state) => state.query)
  const input = React.useRef<HTMLInputElement>(null)
  const written = formatText(query.text)
  // What is typed may hold an unfinished token, which the query has not; a query from elsewhere replaces it.
  const [typed, setTyped] = React.useState({ draft: written, text: written })
  const draft = typed.text === written ? typed.draft : written
  const tokens = tokensOf(query)
  const completions = completeQuery(draft, names)
  const word = /\S*$/.exec(draft)?.[0] ?? ''
  const canComplete = word !== '' && completions.length > 0

  const type = (next: string) => {
    const { tokens: finished, rest } = splitDraft(next)
    const text = parseText(withoutUnfinished(rest))
    const added = parseQuery(`${formatQuery({ ...query, text: null })} ${finished}`)
    setTyped({ draft: rest, text: formatText(text) })
    changeQuery({ ...added, text })
  }
  const remove = (key: QueryToken['key']) => {
    changeQuery(withoutKey(query, key))
    input.current?.focus()
  }
  const onKeyDown = (event: React.KeyboardEvent<HTMLInputElement>) => {
    const last = tokens.at(-1)
    const isAtStart =
      event.currentTarget.selectionStart === 0 && event.currentTarget.selectionEnd === 0
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' || event.key === 'F3') {
      event.preventDefault()
      if (event.key === 'Enter' && splitDraft(`${draft} `).tokens !== '') type(`${draft} `)
      else steps.step(event.shiftKey ? -1 : 1)
    } else if (event.key === 'Tab' && !event.shiftKey && canComplete) {
      event.preventDefault()
      type(completions[0]?.draft ?? draft)
    } else if (event.key === 'Backspace' && isAtStart && last !== undefined) {
      event.preventDefault()
      const opened = `${last.key}:${last.value}`
      setTyped({ draft: `${opened}${draft === '' ? '' : ` ${draft}`}`, text: written })
      changeQuery(withoutKey(query, last.key))
    } else if (event.key === 'Escape') {
      event.preventDefault()
      if (draft === '') onLeave()
      else type('')
    } else if (event.key === 'ArrowDown') {
      event.preventDefault()
      onLeave()
    }
  }
  return (
    <div className="flex flex-none flex-col gap-2 border-b border-line px-4 py-2">
      <search className="flex min-h-8 flex-wrap items-center gap-1 rounded-md border border-line-control bg-control py-0.5 pr-1 pl-2 focus-within:outline-(length:--focus-w,2px) focus-within:-outline-offset-1 focus-within:outline-focus focus-within:[outline-style:solid]">
        <Search size={16} strokeWidth={1.75} aria-hidden className="mr-1 flex-none text-ink-3" />
        {tokens.map((token) => (
          <Chip key={token.key} token={token} onRemove={() => remove(token.key)} />
        ))}
        <input
          ref={input}
          id="logs-query"
          type="text"
          role="searchbox"
          aria-label={t('query.label')}
          aria-keyshortcuts="/"
          autoComplete="off"
          spellCheck={false}
          placeholder={tokens.length === 0 ? t('query.placeholder') : undefined}
          value={draft}
          onChange={(event) => type(event.target.value)}
          onKeyDown={onKeyDown}
          className="mono-12 h-6 min-w-32 flex-1 border-0 bg-transparent px-1 text-ink outline-none placeholder:text-ink-3 placeholder:opacity-100"
        />
        {query.text !== null && <HitCount steps={steps} />}
      </search>
      <div className="flex flex-wrap items-center gap-2">
        <fieldset
          aria-label={t('query.completions')}
          className="flex min-w-0 flex-1 flex-wrap items-center gap-1"
        >
          {canComplete && <Keys keys="Tab" />}
          {completions.map((completion) => (
            <button
              key={completion.label}
              type="button"
              className="mono-12 inline-flex h-6 items-center rounded-sm border border-line-strong px-2 whitespace-nowrap text-ink-2 hover:bg-hover"
              onClick={() => {
                type(completion.draft)
                input.current?.focus()
              }}
            >
              {completion.label}
            </button>
          ))}
        </fieldset>
        {children}
      </div>
    </div>
  )
}

function Chip({
  token: { key, value },
  onRemove,
}: {
  readonly token: QueryToken
  readonly onRemove: () => void
}): React.JSX.Element {
  const { t } = useTranslation('logs')
  return (
    <button
      type="button"
      aria-label={t('query.remove', { token: `${key}:${value}` })}
      className="mono-12 inline-flex h-6 max-w-full items-center gap-1 rounded-sm bg-track px-1 text-ink hover:bg-selected"
      onClick={onRemove}
    >
      <span className="cut">
        <span className="text-ink-3">{`${key}:`}</span>
        {value}
      </span>
      <X size={12} strokeWidth={2} aria-hidden className="flex-none text-ink-3" />
    </button>
  )
}

function HitCount({ steps }: { readonly steps: HitSteps }): React.JSX.Element {
  const { t } = useTranslation('logs')
  const { hits, current, isSearching } = steps
  const count = hits?.count ?? 0
  return (
    <span className="flex flex-none items-center gap-1">
      <output className="t-12 whitespace-nowrap text-ink-3 tabular-nums">
        {count === 0 && isSearching
          ? t('hits.searching')
          : current === null || hits === null
            ? t('hits.count', { count, shown: formatNumber(count) })
            : t('hits.at', {
                count,
                at: formatNumber(hits.indexOf(current) + 1),
                shown: formatNumber(count),
              })}
      </output>
      <IconButton
        icon={ChevronUp}
        size="sm"
        keys="Shift+Enter"
        label={t('hits.previous')}
        disabled={count === 0}
        onClick={() => steps.step(-1)}
      />
      <IconButton
        icon={ChevronDown}
        size="sm"
        keys="Enter"
        label={t('hits.next')}
        disabled={count === 0}
        onClick={() => steps.step(1)}
      />
    </span>
  )
}
