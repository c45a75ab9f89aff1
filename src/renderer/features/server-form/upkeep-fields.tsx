import type * as React from 'react'
import { Controller, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { defaultStopGrace } from '../../../shared/domain/supervision.ts'
import { Field } from '../../ui/field.tsx'
import { formatNumber } from '../../ui/format.ts'
import { Section } from '../../ui/section.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { AmountField } from './amount-field.tsx'
import type { FieldsProps } from './basic-fields.tsx'
import { FormGroup } from './form-group.tsx'

const grid = 'grid grid-cols-[repeat(auto-fit,minmax(160px,1fr))] gap-4'
const restarts = ['on-failure', 'always', 'never'] as const
const starts = ['with-host', 'on-demand'] as const

/** When the server starts and stops, and what it may take of the machine. */
export function UpkeepFields({ control }: FieldsProps): React.JSX.Element {
  const { t } = useTranslation('serverForm')
  const transport = useWatch({ control, name: 'transport' })
  return (
    <Section title={t('upkeep.title')} level={2} className="gap-4 border-line border-t pt-4">
      <Controller
        control={control}
        name="start"
        render={({ field }) => (
          <FormGroup label={t('upkeep.start.label')} hint={t(`upkeep.start.hint.${field.value}`)}>
            <Segmented
              label={t('upkeep.start.label')}
              className="self-start"
              segments={starts.map((value) => ({ value, label: t(`upkeep.start.${value}`) }))}
              value={field.value}
              onChange={field.onChange}
            />
          </FormGroup>
        )}
      />
      <div className={grid}>
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
      </div>
      {transport === 'stdio' && <ProcessFields control={control} />}
    </Section>
  )
}

/** What only a process of this machine has: times to end in, and ceilings. */
function ProcessFields({ control }: FieldsProps): React.JSX.Element {
  const { t } = useTranslation('serverForm')
  const memory = useWatch({ control, name: 'memoryMegabytes' })
  const cpu = useWatch({ control, name: 'cpuPercent' })
  return (
    <>
      <div className={grid}>
        <AmountField
          control={control}
          name="stdinSeconds"
          label={t('upkeep.stdin')}
          hint={t('upkeep.stdinHint')}
          empty={t('defaultValue', { value: formatNumber(defaultStopGrace.stdinMs / 1_000) })}
        />
        <AmountField
          control={control}
          name="termSeconds"
          label={t('upkeep.term')}
          hint={t('upkeep.termHint')}
          empty={t('defaultValue', { value: formatNumber(defaultStopGrace.termMs / 1_000) })}
        />
      </div>
      <div className={grid}>
        <AmountField
          control={control}
          name="memoryMegabytes"
          label={t('upkeep.memory')}
          hint={t('upkeep.memoryHint')}
          empty={t('upkeep.none')}
        />
        <AmountField
          control={control}
          name="cpuPercent"
          label={t('upkeep.cpu')}
          hint={t('upkeep.cpuHint')}
          empty={t('upkeep.none')}
        />
      </div>
      {(memory !== null || cpu !== null) && (
        <Controller
          control={control}
          name="onExceeded"
          render={({ field }) => (
            <FormGroup label={t('upkeep.exceeded.label')}>
              <Segmented
                label={t('upkeep.exceeded.label')}
                className="self-start"
                segments={[
                  { value: 'warn', label: t('upkeep.exceeded.warn') },
                  { value: 'restart', label: t('upkeep.exceeded.restart') },
                ]}
                value={field.value}
                onChange={field.onChange}
              />
            </FormGroup>
          )}
        />
      )}
    </>
  )
}
