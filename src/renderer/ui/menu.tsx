import { Menu as Base } from '@base-ui/react/menu'
import type * as React from 'react'
import { classNames } from './class-names.ts'
import { popupBox } from './control-classes.ts'
import { MenuEntries, type MenuEntry } from './menu-entries.tsx'

/** What a menu takes. */
export interface MenuProps {
  /** What opens it: a Button or an IconButton. */
  readonly trigger: React.ReactElement
  readonly entries: readonly MenuEntry[]
  readonly align?: 'start' | 'center' | 'end' | undefined
}

/** A list of things to do, opened by a button. Arrow keys move, typing jumps to an entry. */
export function Menu({ trigger, entries, align = 'end' }: MenuProps): React.JSX.Element {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={4} collisionPadding={8} className="z-50">
          <Base.Popup className={classNames(popupBox, 'scroll min-w-44')}>
            <MenuEntries entries={entries} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
