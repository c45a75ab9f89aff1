import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerDefinition } from '../../../../shared/domain/server-definition.ts'
import { formatRoute } from '../../../app/route.ts'
import { logsQueryOf } from '../logs-query.ts'
import { LogTail } from './log-tail.tsx'
import { useTail } from './use-tail.ts'

/** How many of the last lines are shown; the Logs page has all. */
const keptLines = 200
/** How near to its end a log counts as read to the end, in px. */
const nearEnd = 24

/** The last lines of the server, live. It stays at the end while one is there. */
export function LogsTab({
  definition,
}: {
  readonly definition: ServerDefinition
}): React.JSX.Element {
  const { t } = useTranslation('servers')
  const tail = useTail(definition.id, keptLines)
  const scroller = React.useRef<HTMLElement>(null)
  const isAtEnd = React.useRef(true)
  const last = tail.lines?.at(-1)?.seq
  React.useEffect(() => {
    const element = scroller.current
    if (element !== null && isAtEnd.current && last !== undefined) {
      element.scrollTop = element.scrollHeight
    }
  }, [last])
  return (
    <>
      <div className="t-12 flex h-8 flex-none items-center justify-end border-line border-b px-4">
        <a
          className="inline-flex h-6 items-center"
          href={formatRoute({ page: 'logs', query: logsQueryOf(definition.name) })}
        >
          {t('openLogs')}
        </a>
      </div>
      <section
        ref={scroller}
        aria-label={t('tail.label', { name: definition.name })}
        // What scrolls must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="scroll min-h-0 flex-1 px-4 py-2"
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          isAtEnd.current = scrollHeight - scrollTop - clientHeight < nearEnd
        }}
      >
        <LogTail tail={tail} />
      </section>
    </>
  )
}
