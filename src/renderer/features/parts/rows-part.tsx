import * as React from 'react'
import { useTranslation } from 'react-i18next'
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
    <div className="flex-none overflow-hidden rounded-md border border-line">
      <table
        // A table whose rows are chosen is a grid (ARIA in HTML allows it; the rule does not know).
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
        role="grid"
        aria-label={t('row.list')}
        className="w-full table-fixed"
        onKeyDown={keys.list.onKeyDown}
      >
        <thead>
          <tr className="h-7 border-b border-line text-left">
            <th scope="col" aria-sort={sort} className="w-40 px-4">
              <SortButton label={t('row.name')} sort={sort} onSort={setSort} />
            </th>
            <th scope="col" className="t-12 font-medium text-ink-3">
              {t('row.state')}
            </th>
            <th scope="col" className="w-16">
              <span className="hear-only">{t('row.switch')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr
              key={row.name}
              aria-selected={index === active}
              {...keys.item(index)}
              className="list-row h-8"
            >
              <td data-tone={row.tone} className="px-4">
                <span className="flex items-center gap-2">
                  <StateGlyph name={row.glyph} />
                  <span className="cut font-medium">{row.name}</span>
                </span>
              </td>
              <td>
                <StateWord tone={row.tone}>{t(`state.${row.word}`)}</StateWord>
              </td>
              <td className="pr-4 text-right">
                <ServerSwitch
                  label={row.name}
                  className="align-middle"
                  asked={on.has(row.name)}
                  fact={row.word === 'running' ? 'on' : 'off'}
                  onChange={(asked) => {
                    const next = new Set(on)
                    if (asked) next.add(row.name)
                    else next.delete(row.name)
                    setOn(next)
                  }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
