import { create } from 'zustand'
import { go } from '../../app/route.ts'
import type { ProcessFilter } from './list-processes.ts'

/** How a person looks at the list. It lasts as long as the page. */
interface ProcessView {
  readonly text: string
  readonly filter: ProcessFilter
  /** The row that the Tab key reaches, by `keyOfServer`; null: the first one. */
  readonly activeKey: string | null
}

/** How a person looks at the list, live. */
export const useProcessView = create<ProcessView>(() => ({
  text: '',
  filter: 'all',
  activeKey: null,
}))

/** Closes the pane; a focus that was in it goes back to the row that Tab reaches. */
export function closeProcess(): void {
  const wasInside = document.activeElement?.closest('aside') !== null
  go({ page: 'processes', pid: null })
  if (wasInside) document.querySelector<HTMLElement>('[data-process][tabindex="0"]')?.focus()
}
