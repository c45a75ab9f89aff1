import { Copy } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { MenuEntry } from '../../ui/menu-entries.tsx'
import { copyText } from './copy-text.ts'
import { type ListKeys, rowOf } from './use-list-keys.ts'

/** The menu of a list's rows. */
export interface RowMenu {
  readonly entries: readonly MenuEntry[]
  /** For the list: notes what the menu is about before it opens. */
  readonly onContextMenuCapture: (event: React.MouseEvent) => void
}

/** What can be copied of the selected rows, or of the text that is marked in them. */
export function useRowMenu(keys: ListKeys): RowMenu {
  const { t } = useTranslation('logs')
  // Noted when the menu opens: to open it may end the selection.
  const [marked, setMarked] = React.useState('')
  return {
    entries: [
      ...(marked === ''
        ? []
        : [
            {
              kind: 'item',
              label: t('rowMenu.marked'),
              icon: Copy,
              onSelect: () => copyText(marked, t('copiedText'), t('copyFailed')),
            } as const,
          ]),
      {
        kind: 'item',
        label: t('rowMenu.line'),
        icon: Copy,
        keys: 'Mod+C',
        onSelect: () => keys.copy('line'),
      },
      {
        kind: 'item',
        label: t('rowMenu.message'),
        icon: Copy,
        onSelect: () => keys.copy('message'),
      },
    ],
    onContextMenuCapture: (event) => {
      // The menu key is pressed on the list itself, for the row that keys act on.
      const id = event.target === event.currentTarget ? keys.active : rowOf(event.target)
      if (id === null) {
        event.stopPropagation()
        return
      }
      setMarked(window.getSelection()?.toString() ?? '')
      keys.select(id)
    },
  }
}
