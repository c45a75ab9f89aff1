import { create } from 'zustand'
import { go, type Route, useRoute } from '../../app/route.ts'
import { formatQuery } from './format-query.ts'
import { formatMomentToken } from './parse-moment.ts'
import { type LogsQuery, parseQuery } from './parse-query.ts'

/** A span that was chosen on the chart, and what the chart showed then, so that it goes on to show it. */
export interface Brush {
  readonly fromAt: number
  readonly toAt: number
  /** The tokens that say it: while the query has them, the brush is shown. */
  readonly since: string
  readonly before: string
  readonly outerSince: string | null
  readonly outerBefore: string | null
}

interface LogsView {
  /** The query of the address. */
  readonly query: LogsQuery
  /** What its time spans count back from, in milliseconds since the Unix epoch: when they were written. */
  readonly writtenAt: number
  /** `highlight`: hits are marked among all lines. `filter`: only hits are shown. */
  readonly mode: 'highlight' | 'filter'
  /** Lines before it are not shown; null: all are. */
  readonly clearedAt: number | null
  readonly brush: Brush | null
}

/** How the Logs page stands; kept while the window is open. */
export const useLogsView = create<LogsView>(() => ({
  query: queryOf(useRoute.getState().route),
  writtenAt: Date.now(),
  mode: 'highlight',
  clearedAt: null,
  brush: null,
}))

useRoute.subscribe(({ route }) => {
  if (route.page !== 'logs') return
  const query = queryOf(route)
  useLogsView.setState((last) => {
    const isSameTime = query.since === last.query.since && query.before === last.query.before
    const { brush } = last
    const isBrushed = brush !== null && query.since === brush.since && query.before === brush.before
    return {
      query,
      writtenAt: isSameTime ? last.writtenAt : Date.now(),
      brush: isBrushed ? brush : null,
    }
  })
})

/** Changes the query; not a step that the back button would undo. */
export function changeQuery(query: LogsQuery): void {
  go({ page: 'logs', query: formatQuery(query) }, { replace: true })
}

/** Shows the lines of a span only; the chart keeps what it shows. */
export function brushSpan(fromAt: number, toAt: number): void {
  const { query, brush } = useLogsView.getState()
  const now = Date.now()
  const since = formatMomentToken(fromAt, now)
  const before = formatMomentToken(toAt, now)
  const outerSince = brush === null ? query.since : brush.outerSince
  const outerBefore = brush === null ? query.before : brush.outerBefore
  useLogsView.setState({ brush: { fromAt, toAt, since, before, outerSince, outerBefore } })
  changeQuery({ ...query, since, before })
}

/** Shows again what was shown before a span was chosen. */
export function unbrush(): void {
  const { query, brush } = useLogsView.getState()
  if (brush === null) return
  changeQuery({ ...query, since: brush.outerSince, before: brush.outerBefore })
}

function queryOf(route: Route): LogsQuery {
  return parseQuery(route.page === 'logs' ? route.query : '')
}
