import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Case } from '../../ui/case.tsx'
import type { MergedField } from './merge-values.ts'

/** Says that the same fields were changed elsewhere too, and asks whose change stands. Nothing is saved by the answer. */
export function ConflictCase({
  fields,
  onTake,
}: {
  readonly fields: readonly MergedField[]
  readonly onTake: (side: 'mine' | 'theirs') => void
}): React.JSX.Element {
  const { t } = useTranslation('serverForm')
  const names = new Intl.ListFormat('en').format([
    ...new Set(fields.map((field) => t(labels[field]))),
  ])
  return (
    <div role="alert">
      <Case
        tone="wait"
        glyph="held"
        level={2}
        title={t('conflict.title')}
        actions={
          <>
            <Button onClick={() => onTake('mine')}>{t('conflict.mine')}</Button>
            <Button onClick={() => onTake('theirs')}>{t('conflict.theirs')}</Button>
          </>
        }
      >
        <p>{t('conflict.text', { fields: names })}</p>
      </Case>
    </div>
  )
}

const labels = {
  name: 'name',
  transport: 'transport.label',
  command: 'command',
  args: 'args.label',
  env: 'env.label',
  envFile: 'envFile',
  cwd: 'cwd',
  url: 'url',
  headers: 'headers.label',
  headersHelper: 'headersHelper',
  startSeconds: 'startTimeout',
  callSeconds: 'callTimeout',
  start: 'upkeep.start.label',
  restart: 'upkeep.restart.label',
  idleMinutes: 'upkeep.idle',
  stdinSeconds: 'upkeep.stdin',
  termSeconds: 'upkeep.term',
  memoryMegabytes: 'upkeep.memory',
  cpuPercent: 'upkeep.cpu',
  onExceeded: 'upkeep.exceeded.label',
  toolFilter: 'tools.label',
  allow: 'tools.allow',
  deny: 'tools.deny',
} as const satisfies Record<MergedField, string>
