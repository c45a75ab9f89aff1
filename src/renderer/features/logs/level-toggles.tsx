import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { type LogLevel, logLevelSchema, logSourceSchema } from '../../../shared/domain/log-line.ts'
import { Toggles } from '../../ui/toggles.tsx'
import { changeQuery, useLogsView } from './logs-view.ts'
import type { LevelCounts } from './volume.ts'

const levels = logLevelSchema.options.toReversed()
const glyphs = {
  error: { name: 'failed', tone: 'bad' },
  warn: { name: 'slow', tone: 'wait' },
  info: undefined,
  debug: undefined,
} as const satisfies Record<LogLevel, unknown>

/** Which levels and kinds are shown: the same as the tokens `level:` and `kind:`. */
export function LevelToggles({
  counts,
}: {
  readonly counts: LevelCounts | null
}): React.JSX.Element {
  const { t } = useTranslation('logs')
  const query = useLogsView((state) => state.query)
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Toggles
        label={t('column.level')}
        options={levels.map((level) => ({
          value: level,
          label: t(`level.${level}`),
          count: counts?.[level],
          glyph: glyphs[level],
        }))}
        value={query.levels.length === 0 ? levels : query.levels}
        onChange={(on) => changeQuery({ ...query, levels: chosen(on, levels) })}
      />
      <Toggles
        label={t('column.kind')}
        options={logSourceSchema.options.map((kind) => ({ value: kind, label: kind }))}
        value={query.kinds.length === 0 ? logSourceSchema.options : query.kinds}
        onChange={(on) => changeQuery({ ...query, kinds: chosen(on, logSourceSchema.options) })}
        className="max-narrow:hidden"
      />
    </div>
  )
}

/** All of them are the same as none named; none of them would show nothing, so that means all as well. */
function chosen<T>(on: readonly T[], all: readonly T[]): readonly T[] {
  return on.length === all.length ? [] : on
}
