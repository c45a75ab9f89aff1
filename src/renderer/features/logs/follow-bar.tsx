import { ArrowDownToLine, CirclePause, Pause } from 'lucide-react'
import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { useCommands } from '../../app/commands.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { formatClock, formatNumber } from '../../ui/format.ts'
import { StateGlyph } from '../../ui/state-glyph.tsx'
import type { FeedState } from './log-feed.ts'
import type { Following } from './use-following.ts'

/** What the bar below a log takes. */
export interface FollowBarProps {
  readonly following: Following
  readonly state: FeedState
  /** False: a span of the past, to which no lines come. */
  readonly isLive: boolean
  /** Pauses the list where it stands. */
  readonly onPause: () => void
  /** At the right end. */
  readonly children?: React.ReactNode
}

/** Whether the log is followed, how many lines have come since it was paused, and the button for the other: a command too. */
export function FollowBar({
  following,
  state,
  isLive,
  onPause,
  children,
}: FollowBarProps): React.JSX.Element {
  const { t } = useTranslation('logs')
  const { isFollowing, pausedAt, newLines } = following
  const icon = isFollowing ? Pause : ArrowDownToLine
  const toggle = isFollowing ? onPause : following.follow
  useCommands(
    isLive
      ? [
          {
            id: 'logs.follow',
            group: t('title'),
            title: t(isFollowing ? 'command.pause' : 'command.follow'),
            icon,
            keys: 'P',
            inPalette: true,
            run: toggle,
          },
        ]
      : [],
  )
  return (
    <div className="t-12 flex h-9 flex-none items-center gap-2 border-t border-line px-4 whitespace-nowrap">
      <output className="flex items-center gap-2">
        {!isLive && t('follow.past')}
        {isLive && pausedAt === null && (
          <>
            <span data-tone="ok" className="flex">
              <StateGlyph name="running" size={12} />
            </span>
            {t('follow.live')}
          </>
        )}
        {isLive && pausedAt !== null && (
          <>
            <CirclePause size={16} strokeWidth={1.75} aria-hidden />
            <span className="tabular-nums">
              {t('follow.paused', { time: formatClock(pausedAt) })}
            </span>
          </>
        )}
      </output>
      {/* Outside of the status: a count that rises with each line would not let a screen reader rest. */}
      {isLive && newLines > 0 && (
        <Badge tone="busy" className="tabular-nums">
          {t('follow.new', { count: newLines, shown: formatNumber(newLines) })}
        </Badge>
      )}
      {isLive && (
        <Button size="sm" icon={icon} keys={isFollowing ? 'P' : 'End'} onClick={toggle}>
          {t(isFollowing ? 'follow.pause' : 'follow.button')}
        </Button>
      )}
      <span className="ml-auto flex min-w-0 items-center gap-2">
        {state.isLoadingOlder && <span className="text-ink-3">{t('follow.older')}</span>}
        {children}
      </span>
    </div>
  )
}
