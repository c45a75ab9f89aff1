import { ChevronDown, ChevronRight } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from './class-names.ts'
import { CopyButton } from './copy-button.tsx'
import { formatNumber } from './format.ts'
import { type JsonRow, jsonRows } from './json-rows.ts'
import { Marked } from './marked.tsx'
import { useListKeys } from './use-list-keys.ts'

/** What a view of JSON takes. */
export interface JsonViewProps {
  /** Any value that JSON can carry. */
  readonly value: unknown
  /** What it is; read aloud. */
  readonly label: string
  /** Marked wherever it stands in a name or a value. */
  readonly search?: string | undefined
  /** How many levels are open at first; 3 by default. */
  readonly openLevels?: number | undefined
  readonly copy?: boolean | undefined
  /** Without the box. */
  readonly bare?: boolean | undefined
  readonly className?: string | undefined
}

/** How many members of a container are listed at first, and how many more at a time. */
const batch = 100

/**
 * A JSON value as a tree: Right and Left open and close, Up and Down move, Enter does either. What is closed is not rendered,
 * and of a large container a hundred members at a time.
 */
export function JsonView({
  value,
  label,
  search,
  openLevels = 3,
  copy = true,
  bare = false,
  className,
}: JsonViewProps): React.JSX.Element {
  const { t } = useTranslation('ui')
  const [toggled, setToggled] = React.useState<ReadonlyMap<string, boolean>>(new Map())
  const [shown, setShown] = React.useState<ReadonlyMap<string, number>>(new Map())
  const [active, setActive] = React.useState(0)
  const rows = jsonRows(value, {
    isOpen: (path, depth) => toggled.get(path) ?? depth < openLevels,
    shown: (path) => shown.get(path) ?? batch,
  })
  // The closing brackets say nothing new: they take no focus.
  const stops = rows.filter((row) => row.kind !== 'end')
  const places = new Map<JsonRow, number>(stops.map((row, index) => [row, index]))
  const act = (row: JsonRow) => {
    if (row.kind === 'more') {
      setShown(new Map(shown).set(row.path, (shown.get(row.path) ?? batch) + batch))
    } else if (row.kind === 'open') {
      setToggled(new Map(toggled).set(row.path, false))
    } else if (canOpen(row)) {
      setToggled(new Map(toggled).set(row.path, true))
    }
  }
  const keys = useListKeys({
    count: stops.length,
    active: Math.min(active, stops.length - 1),
    onActive: setActive,
    onOpen: (index) => {
      const row = stops[index]
      if (row !== undefined) act(row)
    },
  })
  const onArrow = (event: React.KeyboardEvent) => {
    const row = stops[active]
    if (row === undefined) return
    if (event.key === 'ArrowRight' && canOpen(row)) {
      event.preventDefault()
      act(row)
    }
    if (event.key === 'ArrowLeft') {
      event.preventDefault()
      if (row.kind === 'open') act(row)
      else focusParent(stops, active, row.depth, event.currentTarget)
    }
  }
  return (
    <div
      className={classNames(
        'relative min-w-0',
        !bare && 'rounded-md border border-line bg-sunken',
        className,
      )}
    >
      <div
        role="tree"
        aria-label={label}
        tabIndex={-1}
        onClick={(event) => {
          // A person who selects text to copy it does not mean to open or close.
          if (getSelection()?.isCollapsed === false || !(event.target instanceof Element)) return
          const item = event.target.closest('[data-list-index]')
          const row = stops[Number(item?.getAttribute('data-list-index') ?? -1)]
          if (row !== undefined) act(row)
        }}
        onKeyDown={(event) => {
          onArrow(event)
          keys.list.onKeyDown(event)
        }}
        className={classNames(
          'mono-12 scroll max-h-full',
          !bare && 'py-[7px] pr-2',
          copy && 'pr-9',
        )}
      >
        {rows.map((row) => {
          const place = places.get(row)
          return (
            <Row
              key={keyOf(row)}
              row={row}
              search={search}
              item={place === undefined ? null : keys.item(place)}
              moreLabel={t('json.more', { count: row.kind === 'more' ? row.hidden : 0 })}
              restLabel={t('json.rest', {
                count: row.kind === 'value' ? row.hidden : 0,
                figure: formatNumber(row.kind === 'value' ? row.hidden : 0),
              })}
            />
          )
        })}
      </div>
      {copy && (
        <span className="absolute top-1.5 right-1.5">
          <CopyButton text={() => JSON.stringify(value, null, 2)} />
        </span>
      )}
    </div>
  )
}

interface RowProps {
  readonly row: JsonRow
  readonly search: string | undefined
  readonly item: ReturnType<ReturnType<typeof useListKeys>['item']> | null
  readonly moreLabel: string
  readonly restLabel: string
}

const colours = {
  string: 'text-(--syn-string)',
  number: 'text-(--syn-number)',
  word: 'text-(--syn-number)',
} as const

function Row({ row, search, item, moreLabel, restLabel }: RowProps): React.JSX.Element {
  const indent = { paddingInlineStart: `${row.depth * 16 + 20}px` }
  const line = 'relative block whitespace-pre-wrap wrap-anywhere'
  if (item === null) {
    return (
      <div aria-hidden className={line} style={indent}>
        <Punctuation text={`${row.kind === 'end' ? row.bracket : ''}${commaOf(row)}`} />
      </div>
    )
  }
  const opens = row.kind === 'open' || canOpen(row)
  const Chevron = row.kind === 'open' ? ChevronDown : ChevronRight
  return (
    <div
      tabIndex={item.tabIndex}
      data-list-index={item['data-list-index']}
      onFocus={item.onFocus}
      role="treeitem"
      aria-level={row.depth + 1}
      aria-selected={item.tabIndex === 0}
      aria-expanded={opens ? row.kind === 'open' : undefined}
      className={classNames(line, 'hover:bg-hover focus-visible:-outline-offset-2')}
      style={indent}
    >
      {opens && row.kind !== 'more' && (
        <Chevron
          size={12}
          strokeWidth={2}
          className="absolute top-1 -ml-4 text-ink-3"
          aria-hidden
        />
      )}
      {row.name !== null && (
        <>
          <span className="text-(--syn-key)">
            <Marked text={row.name} search={search} />
          </span>
          <Punctuation text=": " />
        </>
      )}
      {row.kind === 'open' && <Punctuation text={row.bracket} />}
      {row.kind === 'closed' && <Closed row={row} />}
      {row.kind === 'more' && <span className="text-accent underline">{moreLabel}</span>}
      {row.kind === 'value' && (
        <>
          <span className={colours[row.type]}>
            <Marked text={row.text} search={search} />
          </span>
          {row.hidden > 0 && <span className="ml-2 text-accent underline">{restLabel}</span>}
          <Punctuation text={commaOf(row)} />
        </>
      )}
    </div>
  )
}

function Closed({ row }: { readonly row: JsonRow & { kind: 'closed' } }): React.JSX.Element {
  const end = row.bracket === '{' ? '}' : ']'
  return (
    <>
      <Punctuation text={row.bracket} />
      {row.size > 0 && <span className="text-ink-3"> {formatNumber(row.size)} </span>}
      <Punctuation text={`${end}${commaOf(row)}`} />
    </>
  )
}

function Punctuation({ text }: { readonly text: string }): React.JSX.Element {
  return <span className="text-(--syn-punct)">{text}</span>
}

function commaOf(row: JsonRow): string {
  return 'comma' in row && row.comma ? ',' : ''
}

/** A row that opens or closes stays the same element, or it would lose the focus. */
function keyOf(row: JsonRow): string {
  return row.kind === 'end' || row.kind === 'more' ? `${row.kind} ${row.path}` : row.path
}

/** Whether there is more of it than is shown. */
function canOpen(row: JsonRow): boolean {
  switch (row.kind) {
    case 'closed':
      return row.size > 0
    case 'value':
      return row.hidden > 0
    case 'more':
      return true
    case 'open':
    case 'end':
      return false
  }
}

function focusParent(
  stops: readonly JsonRow[],
  active: number,
  depth: number,
  tree: EventTarget & Element,
): void {
  const index = stops.slice(0, active).findLastIndex((row) => row.depth < depth)
  const item = tree.querySelector(`[data-list-index="${index}"]`)
  if (item instanceof HTMLElement) item.focus()
}
