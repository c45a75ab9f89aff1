import { ContextMenu as Base } from '@base-ui/react/context-menu'
import type * as React from 'react'
import { classNames } from './class-names.ts'
import { popupBox } from './control-classes.ts'
import { MenuEntries, type MenuEntry } from './menu-entries.tsx'

/** What a context menu takes. */
export interface ContextMenuProps {
  readonly entries: readonly MenuEntry[]
  /**
   * The element it belongs to; it takes a ref and the attributes it is given. For a long list, one menu round the list: note
   * the row in the list's own onContextMenu, which runs before the menu opens.
   */
  readonly children: React.ReactElement
}

/** The menu of the right mouse button, of a long touch, and of the menu key. */
export function ContextMenu({ entries, children }: ContextMenuProps): React.JSX.Element {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner collisionPadding={8} className="z-50">
          <Base.Popup className={classNames(popupBox, 'scroll min-w-44')}>
            <MenuEntries entries={entries} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
