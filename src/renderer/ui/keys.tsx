import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  CornerDownLeft,
  type LucideIcon,
} from 'lucide-react'
import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from './class-names.ts'
import { keyCaps, onMac } from './key-caps.ts'

const icons: Record<'up' | 'down' | 'left' | 'right' | 'enter', LucideIcon> = {
  up: ArrowUp,
  down: ArrowDown,
  left: ArrowLeft,
  right: ArrowRight,
  enter: CornerDownLeft,
}

/** What the caps of a shortcut take. */
export interface KeysProps {
  /** For example `Mod+K`; see keyCaps for the names. */
  readonly keys: string
  /** On a coloured ground: the caps take the colour of the text around them. */
  readonly inherit?: boolean | undefined
  /** Read aloud as well. Off beside a control, which says its keys by `aria-keyshortcuts` or needs none. */
  readonly spoken?: boolean | undefined
  readonly className?: string | undefined
}

/** A shortcut as key caps, in the writing of the platform. */
export function Keys({ keys, inherit, spoken, className }: KeysProps): React.JSX.Element {
  const { t } = useTranslation('ui')
  const caps = keyCaps(keys, onMac())
  return (
    <span
      className={classNames('inline-flex flex-none gap-0.5', className)}
      aria-hidden={spoken !== true}
    >
      {caps.map((cap) => {
        const Icon = cap.kind === 'icon' ? icons[cap.icon] : null
        return (
          <kbd
            key={cap.kind === 'icon' ? cap.icon : cap.kind === 'word' ? cap.word : cap.text}
            className={classNames(
              'key-cap t-11 inline-grid h-4 min-w-4 place-items-center border px-1',
              inherit === true
                ? 'border-current/48 text-current'
                : 'border-line-strong bg-sunken text-ink-2',
            )}
          >
            {Icon === null ? null : <Icon size={10} strokeWidth={2.25} aria-hidden />}
            {cap.kind === 'icon' && <span className="hear-only">{t(`keys.${cap.icon}`)}</span>}
            {cap.kind === 'word' && t(`keys.${cap.word}`)}
            {cap.kind === 'text' && cap.text}
          </kbd>
        )
      })}
    </span>
  )
}
