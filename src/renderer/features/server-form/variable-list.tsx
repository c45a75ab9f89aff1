import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { LaunchPreview } from '../../../shared/contract/servers.ts'
import type { Tone } from '../../ui/tone.ts'

type Variable = LaunchPreview['variables'][number]

const tones: Record<Variable['status'], Tone> = {
  set: 'off',
  default: 'off',
  unset: 'wait',
  secret: 'off',
  input: 'off',
  env: 'off',
  file: 'off',
  op: 'off',
  vault: 'off',
  exec: 'wait',
}

/** Every variable of a definition: what it stands for now, or that it has no value. */
export function VariableList({
  variables,
}: {
  readonly variables: readonly Variable[]
}): React.JSX.Element {
  const { t } = useTranslation('serverForm')
  return (
    <ul className="flex flex-col gap-2">
      {variables.map(({ expression, status, value }) => (
        <li key={expression} className="flex flex-col">
          <span className="flex flex-wrap items-baseline gap-x-2">
            <code className="wrap-anywhere">{expression}</code>{' '}
            <span
              data-tone={tones[status]}
              className={tones[status] === 'wait' ? 't-12 text-tone' : 't-12 text-ink-3'}
            >
              {t(`preview.status.${status}`)}
            </span>
          </span>
          {value !== null && (
            <code className="wrap-anywhere text-ink-2">
              {value === '' ? t('preview.emptyValue') : value}
            </code>
          )}
        </li>
      ))}
    </ul>
  )
}
