import type * as React from 'react'
import { Controller, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { defaultStopGrace } from '../../../shared/domain/supervision.ts'
import { Field } from '../../ui/field.tsx'
import { formatNumber } from '../../ui/format.ts'
import { Section } from '../../ui/section.tsx'
import { Select } from '../../ui/select.tsx'
import { AmountField } from './amount-field.tsx'
import { ChoiceField } from './choice-field.tsx'
import { AmountRow, FieldRow } from './field-row.tsx'
import type { FieldsProps } from './fields-props.ts'

const restarts = ['on-failure', 'always', 'never'] as const
const starts = ['with-host', 'on-demand'] as const
const onExceeded = ['warn', 'restart'] as const

/** When the server starts and stops, and what it may take of the machine. */
export function UpkeepFields({ control }: FieldsProps): React.JSX.Element {
  const { t } = useTranslation('serverForm')
  const transport = useWatch({ control, name: 'transport' })
  const start = useWatch({ control, name: 'start' })
  return (
    <Section title={t('upkeep.title')} level={2} className="gap-4 border-line border-t pt-4">
      <ChoiceField
        control={control}
        name="start"
        label={t('upkeep.start.label')}
        hint={t(`upkeep.start.hint.${start}`)}
        segments={starts.map((value) => ({ value, label: t(`upkeep.start.${value}`) }))}
      />
      <FieldRow>
        <Controller
          control={control}
          name="restart"
          render={({ field }) => (
            <Field label={t('upkeep.restart.label')} hint={t(`upkeep.restart.hint.${field.value}`)}>
              <Select
                options={restarts.map((value) => ({ value, label: t(`upkeep.restart.${value}`) }))}
                value={field.value}
                onChange={field.onChange}
              />
            </Field>
          )}
        />
        <AmountField
          control={control}
          name="idleMinutes"
          label={t('upkeep.idle')}
          hint={t('upkeep.idleHint')}
          empty={t('upkeep.never')}
        />
      </FieldRow>
      {transport === 'stdio' && <ProcessFields control={control} />}
    </Section>
  )
}

/** What only a process of this machine has: times to end in, and ceilings. */
function ProcessFields({ control }: FieldsProps): React.JSX.Element {
  const { t } = useTranslation('serverForm')
  const memory = useWatch({ control, name: 'memoryMegabytes' })
  const cpu = useWatch({ control, name: 'cpuPercent' })
  const byDefault = (ms: number) => t('defaultValue', { value: formatNumber(ms / 1_000) })
  return (
    <>
      <AmountRow
        control={control}
        amounts={[
          {
            name: 'stdinSeconds',
            label: t('upkeep.stdin'),
            hint: t('upkeep.stdinHint'),
            empty: byDefault(defaultStopGrace.stdinMs),
          },
          {
            name: 'termSeconds',
            label: t('upkeep.term'),
            hint: t('upkeep.termHint'),
            empty: byDefault(defaultStopGrace.termMs),
          },
        ]}
      />
      <AmountRow
        control={control}
        amounts={[
          {
            name: 'memoryMegabytes',
            label: t('upkeep.memory'),
            hint: t('upkeep.memoryHint'),
            empty: t('upkeep.none'),
          },
          {
            name: 'cpuPercent',
            label: t('upkeep.cpu'),
            hint: t('upkeep.cpuHint'),
            empty: t('upkeep.none'),
          },
        ]}
      />
      {(memory !== null || cpu !== null) && (
        <ChoiceField
          control={control}
          name="onExceeded"
          label={t('upkeep.exceeded.label')}
          segments={onExceeded.map((value) => ({ value, label: t(`upkeep.exceeded.${value}`) }))}
        />
      )}
    </>
  )
}
