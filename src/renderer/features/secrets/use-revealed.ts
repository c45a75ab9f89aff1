import * as React from 'react'
import type { SecretName } from '../../../shared/domain/ids.ts'
import { host } from '../../host/connection.ts'

/** How long a value stays on the page, in seconds. */
export const shownSeconds = 30

/** A value that is on the page for a moment. */
export interface Revealed {
  readonly isShown: boolean
  /** Writes the value into the element that it is given to as `ref`, and takes it out again before the element goes. */
  readonly draw: React.RefCallback<HTMLElement>
  /** Rejects with the error of the call. */
  readonly reveal: () => Promise<void>
  readonly hide: () => void
}

/**
 * The value of a secret while it is shown. It leaves the page's memory after 30 s, when the window loses the focus or is hidden,
 * and with the part that shows it; another secret takes another part. It is never in a state, a property or what is rendered:
 * React keeps the last of each for as long as the part lives.
 */
export function useRevealed(name: SecretName): Revealed {
  const value = React.useRef<string | null>(null)
  const [isShown, setShown] = React.useState(false)
  const isGone = React.useRef(false)
  const hide = React.useCallback(() => {
    value.current = null
    setShown(false)
  }, [])
  React.useEffect(() => {
    isGone.current = false
    return () => {
      isGone.current = true
      value.current = null
    }
  }, [])
  React.useEffect(() => {
    if (!isShown) return
    const timer = setTimeout(hide, shownSeconds * 1_000)
    const onHidden = () => {
      if (document.visibilityState === 'hidden') hide()
    }
    window.addEventListener('blur', hide)
    document.addEventListener('visibilitychange', onHidden)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('blur', hide)
      document.removeEventListener('visibilitychange', onHidden)
    }
  }, [isShown, hide])
  const draw: Revealed['draw'] = React.useCallback((element: HTMLElement | null) => {
    element?.replaceChildren(value.current ?? '')
    return () => element?.replaceChildren()
  }, [])
  return {
    isShown,
    draw,
    reveal: async () => {
      const revealed = await host().secrets.reveal({ name })
      if (isGone.current) return
      value.current = revealed.value
      setShown(true)
    },
    hide,
  }
}
