import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from '../../ui/class-names.ts'
import { ServerSwitch } from '../../ui/server-switch.tsx'
import { SortButton, type SortDirection } from '../../ui/sort-button.tsx'
import { type GlyphName, StateGlyph } from '../../ui/state-glyph.tsx'
import { StateWord } from '../../ui/state-word.tsx'
import type { Tone } from '../../ui/tone.ts'
import { useListKeys } from '../../ui/use-list-keys.ts'

interface RowSample {
  readonly name: string
  readonly word: 'running' | 'failed' | 'stopped'
  readonly glyph: GlyphName
  readonly tone: Tone
}

const samples: readonly RowSample[] = [
  { name: 'context7', word: 'running', glyph: 'running', tone: 'ok' },
  { name: 'fetch', word: 'failed', glyph: 'failed', tone: 'bad' },
  { name: 'memory', word: 'running', glyph: 'running', tone: 'ok' },
  { name: 'slack', word: 'stopped', glyph: 'stopped', tone: 'off' },
]

const columns = 'grid grid-cols-[140px_minmax(0,1fr)_32px] items-center gap-x-3 px-4'

/** A table with the keys of a list: how screens put rows together from the parts. */
export function RowsPart(): React.JSX.Element {
  const { t } = useTranslation('parts')
  const [active, setActive] = React.useState(1)
  const [sort, setSort] = React.useState<SortDirection>('ascending')
  const [on, setOn] = React.useState<ReadonlySet<string>>(new Set(['context7', 'fetch', 'memory']))
  const rows = sort === 'ascending' ? samples : samples.toReversed()
  const keys = useListKeys({
    count: rows.length,
    active,
    onActive: setActive,
    labels: rows.map((row) => row.name),
  })
  return (
    <div
      role="grid"
      aria-label={t('row.list')}
      className="flex-none overflow-hidden rounded-md border border-line"
    >
      <div role="rowgroup">
        <div role="row" className={classNames(columns, 'h-7 border-b border-line')}>
          <div role="columnheader" aria-sort={sort}>
            <SortButton label={t('row.name')} sort={sort} onSort={setSort} />
          </div>
          <div role="columnheader" className="t-12 font-medium text-ink-3">
            {t('row.tools')}
          </div>
          <div role="columnheader" aria-label={t('field.show')} />
        </div>
      </div>
      <div role="rowgroup" onKeyDown={keys.list.onKeyDown}>
        {rows.map((row, index) => {
          const item = keys.item(index)
          return (
            <div
              key={row.name}
              role="row"
              aria-selected={index === active}
              tabIndex={item.tabIndex}
              data-list-index={item['data-list-index']}
              onFocus={item.onFocus}
              className={classNames('list-row h-8', columns)}
            >
              <div role="gridcell" data-tone={row.tone} className="flex items-center gap-2">
                <StateGlyph name={row.glyph} />
                <span className="cut font-medium">{row.name}</span>
              </div>
              <div role="gridcell">
                <StateWord tone={row.tone}>{t(`state.${row.word}`)}</StateWord>
              </div>
              <div role="gridcell" className="flex justify-end">
                <ServerSwitch
                  label={row.name}
                  asked={on.has(row.name)}
                  fact={row.word === 'running' ? 'on' : 'off'}
                  onChange={(asked) => {
                    const next = new Set(on)
                    if (asked) next.add(row.name)
                    else next.delete(row.name)
                    setOn(next)
                  }}
                />
              </div>
            </div>
          )
        })}
      </div>
    </div>
  )
}
