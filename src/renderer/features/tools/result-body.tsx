import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { assertNever } from '../../../shared/lib/assert-never.ts'
import { JsonView } from '../../ui/json-view.tsx'
import { BigText } from './big-text.tsx'
import { ContentView, ResourceView } from './content-view.tsx'
import { DataTable } from './data-table.tsx'
import type { Offer } from './offer.ts'
import type { RunResult } from './offer-runs.ts'
import { tableOf } from './result-table.ts'
import { type ResultView, resultData } from './result-views.ts'

/** A result in one of its views. */
export function ResultBody({
  offer,
  result,
  view,
}: {
  readonly offer: Offer
  readonly result: RunResult
  readonly view: ResultView
}): React.JSX.Element | null {
  const { t } = useTranslation('tools')
  switch (view) {
    case 'table': {
      const table = tableOf(resultData(result))
      return table === null ? null : <DataTable table={table} />
    }
    case 'json':
      return (
        <div className="p-2">
          <JsonView
            value={resultData(result)}
            label={t('result.json')}
            openLevels={2}
            bare
            copy={false}
          />
        </div>
      )
    case 'content':
      return <Content offer={offer} result={result} />
    case 'raw':
      return (
        <div className="p-3">
          <BigText text={JSON.stringify(result.result, null, 2)} />
        </div>
      )
    default:
      return assertNever(view)
  }
}

function Content({
  offer,
  result,
}: {
  readonly offer: Offer
  readonly result: RunResult
}): React.JSX.Element {
  const { t } = useTranslation('tools')
  const parts = partsOf(offer, result, (role) =>
    role === 'user' || role === 'assistant' ? t(`result.role.${role}`) : role,
  )
  if (parts.length === 0) return <p className="p-3 text-ink-3">{t('result.empty')}</p>
  return <div className="flex flex-col divide-y divide-line">{parts}</div>
}

// The parts of a result have no name but their place, and a result never changes.
/* oxlint-disable react/no-array-index-key */
function partsOf(
  offer: Offer,
  result: RunResult,
  roleText: (role: string) => string,
): readonly React.JSX.Element[] {
  switch (result.kind) {
    case 'tool':
      return result.result.content.map((block, index) => (
        <div key={index} className="p-3">
          <ContentView offer={offer} block={block} />
        </div>
      ))
    case 'prompt':
      return result.result.messages.map(({ role, content }, index) => (
        <div key={index} className="flex flex-col gap-1 p-3">
          <h4 className="t-12 font-semibold text-ink-2">{roleText(role)}</h4>
          <ContentView offer={offer} block={content} />
        </div>
      ))
    case 'resource':
      return result.result.contents.map((content, index) => (
        <div key={index} className="p-3">
          <ResourceView content={content} />
        </div>
      ))
    default:
      return assertNever(result)
  }
}
