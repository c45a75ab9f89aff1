import type { TFunction } from 'i18next'
import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerDefinition } from '../../../../shared/domain/server-definition.ts'
import { defaultStopGrace } from '../../../../shared/domain/supervision.ts'
import { formatDuration, formatMemory, formatNumber } from '../../../ui/format.ts'
import { type KeyValue, KeyValues } from '../../../ui/key-values.tsx'
import { Section } from '../../../ui/section.tsx'

/** How a server is kept up, as facts. */
export function UpkeepSection({
  definition,
}: {
  readonly definition: ServerDefinition
}): React.JSX.Element {
  const { t } = useTranslation('servers')
  return (
    <Section title={t('upkeep.title')}>
      <KeyValues items={upkeepItems(definition, t)} />
    </Section>
  )
}

function upkeepItems(
  { supervision, transport }: ServerDefinition,
  t: TFunction<'servers'>,
): readonly KeyValue[] {
  const { restart, start, idleStopMs, stopGrace, limits } = supervision
  return [
    { label: t('upkeep.start'), value: t(`upkeep.starts.${start}`) },
    { label: t('upkeep.restart'), value: t(`upkeep.restarts.${restart}`) },
    ...(idleStopMs === null
      ? []
      : [
          {
            label: t('upkeep.idle'),
            value: t('upkeep.after', { time: formatDuration(idleStopMs) }),
          },
        ]),
    ...(transport.type === 'stdio' && (stopGrace.stdinMs !== null || stopGrace.termMs !== null)
      ? [
          {
            label: t('upkeep.grace'),
            value: t('upkeep.graces', {
              stdin: formatDuration(stopGrace.stdinMs ?? defaultStopGrace.stdinMs),
              term: formatDuration(stopGrace.termMs ?? defaultStopGrace.termMs),
            }),
          },
        ]
      : []),
    ...(limits.memoryBytes === null
      ? []
      : [{ label: t('upkeep.memory'), value: formatMemory(limits.memoryBytes) }]),
    ...(limits.cpuPercent === null
      ? []
      : [
          {
            label: t('upkeep.cpu'),
            value: t('upkeep.percent', { percent: formatNumber(limits.cpuPercent) }),
          },
        ]),
    ...(limits.memoryBytes === null && limits.cpuPercent === null
      ? []
      : [{ label: t('upkeep.exceeded'), value: t(`upkeep.onExceeded.${limits.onExceeded}`) }]),
  ]
}
