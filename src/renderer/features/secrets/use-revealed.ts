import * as React from 'react'
import type { SecretName } from '../../../shared/domain/ids.ts'
import { host } from '../../host/connection.ts'

/** How long a value stays on the page, in seconds. */
export const shownSeconds = 30

/** A value that is on the page for a moment. */
export interface Revealed {
  /** Null while it is hidden. */
  readonly value: string | null
  /** Rejects with the error of the call. */
  readonly reveal: () => Promise<void>
  readonly hide: () => void
}

/**
 * The value of a secret while it is shown. It leaves the page's memory after 30 s, when the window loses the focus or is hidden,
 * when another secret is looked at, and with the part that shows it.
 */
export function useRevealed(name: SecretName): Revealed {
  const [shown, setShown] = React.useState<{ name: SecretName; value: string } | null>(null)
  const hide = React.useCallback(() => setShown(null), [])
  const isShown = shown !== null
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
  return {
    value: shown?.name === name ? shown.value : null,
    reveal: async () => {
      const { value } = await host().secrets.reveal({ name })
      setShown({ name, value })
    },
    hide,
  }
}
