import { create } from 'zustand'

/** What floats over the page. */
export type Overlay = 'palette' | 'keys' | 'vault'

interface OverlayState {
  /** One at a time. */
  readonly overlay: Overlay | null
  /** What was typed into the palette; also before it was there to take it. */
  readonly typed: string
}

/** What floats over the page now. */
export const useOverlay = create<OverlayState>(() => ({ overlay: null, typed: '' }))

/** Opens one; another one that is open closes. */
export function openOverlay(overlay: Overlay): void {
  useOverlay.setState({ overlay, typed: '' })
}

/** Closes what is open. */
export function closeOverlay(): void {
  useOverlay.setState({ overlay: null })
}

/** Sets what is typed into the palette. */
export function typeInPalette(typed: string): void {
  useOverlay.setState({ typed })
}
