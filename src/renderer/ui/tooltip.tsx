import { Tooltip as Base } from '@base-ui/react/tooltip'
import type * as React from 'react'
import { Keys } from './keys.tsx'

/** Once round the whole page: after one tooltip has shown, its neighbours show at once. */
export function TooltipProvider({
  children,
}: {
  readonly children: React.ReactNode
}): React.JSX.Element {
  return (
    <Base.Provider delay={500} closeDelay={0}>
      {children}
    </Base.Provider>
  )
}

/** What a tooltip takes. */
export interface TooltipProps {
  /** Shown on hover and on keyboard focus. It is not read aloud: the element must have a name of its own. */
  readonly text: React.ReactNode
  /** A shortcut shown after the text. */
  readonly keys?: string | undefined
  readonly side?: 'top' | 'bottom' | 'left' | 'right' | undefined
  /** True: the element alone, without a tooltip. */
  readonly disabled?: boolean | undefined
  /** One element that takes a ref and the attributes it is given. */
  readonly children: React.ReactElement
}

/** A word or the full text of something cut, beside the element it is about. */
export function Tooltip({
  text,
  keys,
  side = 'bottom',
  disabled = false,
  children,
}: TooltipProps): React.JSX.Element {
  return (
    <Base.Root
      disabled={disabled}
      onOpenChange={(_open, details) => {
        // Escape takes the tooltip away and goes on: a dialog round its button closes by the same press.
        if (details.reason === 'escape-key') details.allowPropagation()
      }}
    >
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={4} collisionPadding={8} className="z-50">
          <Base.Popup className="tooltip t-12 flex min-h-7 max-w-[400px] items-center gap-2 rounded-md bg-inverse px-2 py-1 wrap-anywhere text-ink-inverse shadow-pop">
            {text}
            {keys !== undefined && <Keys keys={keys} inherit />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
