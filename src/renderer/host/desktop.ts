import { create } from 'zustand'
import type { DesktopState } from '../../shared/contract/desktop.ts'

/** What the page has around it, live: a browser until the host has told otherwise. */
export const useDesktop = create<{ readonly state: DesktopState }>(() => ({
  state: { isDesktop: false },
}))

/** Takes in the newest state. */
export function applyDesktop(items: readonly DesktopState[]): void {
  const state = items.at(-1)
  if (state !== undefined) useDesktop.setState({ state })
}
