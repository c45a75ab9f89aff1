/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a table cannot be drawn in part and laid out as a grid without losing its meaning: the roles say it. */
import { X } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { plainText } from '../../../shared/lib/plain-text.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { formatMoment } from '../../ui/format.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { MarkedText } from './marked-text.tsx'
import { MessagePair } from './message-pair.tsx'
import type { RowDetailProps } from './row-detail-props.ts'

/** A line in full below its row; of a protocol message the request and its response. */
export function RowDetail(props: RowDetailProps): React.JSX.Element {
  const { id, line, onHeight } = props
  const element = React.useRef<HTMLDivElement>(null)
  React.useLayoutEffect(() => {
    if (element.current === null) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) onHeight(id, entry.target.getBoundingClientRect().height)
    })
    observer.observe(element.current)
    // What was opened is meant to be read.
    element.current.scrollIntoView({ block: 'nearest' })
    return () => observer.disconnect()
  }, [id, onHeight])
  return (
    <div role="row" ref={element}>
      <div role="gridcell" className="border-y border-line bg-sunken px-4 py-3 t-12">
        {line.protocol === null ? (
          <FullLine {...props} />
        ) : (
          <MessagePair {...props} protocol={line.protocol} />
        )}
      </div>
    </div>
  )
}

function FullLine(props: RowDetailProps): React.JSX.Element {
  const { line, serverName, ranges, onClose } = props
  const { t } = useTranslation('logs')
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <b className="font-semibold">{serverName}</b>
        <span className="text-ink-3 tabular-nums">
          {t('detail.place', { moment: formatMoment(line.at), seq: line.seq })}
        </span>
        <span className="ml-auto flex items-center gap-1">
          <CopyButton text={plainText(line.text)} label={t('detail.copy')} />
          <IconButton icon={X} size="sm" label={t('detail.close')} onClick={onClose} />
        </span>
      </div>
      <CodeBlock text={plainText(line.text)} copy={false} className="bg-bg">
        <MarkedText text={line.text} ranges={ranges} isCurrent={false} />
      </CodeBlock>
    </div>
  )
}
