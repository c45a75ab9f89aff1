import * as React from 'react'

/**
 * Escape pressed in a field of the element. The keys of the page leave fields alone; a list or menu that is open over a field
 * lies outside of the element and takes its own Escape.
 */
export function useEscapeIn(
  element: React.RefObject<HTMLElement | null>,
  onEscape: () => void,
): void {
  const act = React.useEffectEvent(onEscape)
  React.useEffect(() => {
    const container = element.current
    if (container === null) return
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
      event.preventDefault()
      // A dialog that this opens would else take the same press on its way up, and close.
      event.stopPropagation()
      act()
    }
    container.addEventListener('keydown', onKeyDown)
    return () => container.removeEventListener('keydown', onKeyDown)
  }, [element])
}
