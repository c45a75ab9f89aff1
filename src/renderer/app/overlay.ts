import { create } from 'zustand'

/** What floats over the page. */
export type Overlay = 'palette' | 'keys'

/** What floats over the page now; one at a time. */
export const useOverlay = create<{ readonly overlay: Overlay | null }>(() => ({ overlay: null }))

/** Opens one; another one that is open closes. */
export function openOverlay(overlay: Overlay): void {
  useOverlay.setState({ overlay })
}

/** Closes what is open. */
export function closeOverlay(): void {
  useOverlay.setState({ overlay: null })
}
