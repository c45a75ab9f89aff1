import * as React from 'react'
import type { LiteralChoice, LiteralPreview } from '../../../shared/contract/literals.ts'
import { host } from '../../host/connection.ts'
import { thrownText } from '../../i18n/error-text.ts'

/** What a choice would change in its file; the earlier one until the host has answered. */
export interface ShownPreview {
  readonly preview: LiteralPreview | null
  /** Of which choice it is: what was not shown is not moved. */
  readonly choice: LiteralChoice | null
  readonly error: string | null
}

const nothing: ShownPreview = { preview: null, choice: null, error: null }

/** Asks the host what a choice would change, each time it is another one. */
export function useLiteralPreview(choice: LiteralChoice | null): ShownPreview {
  const [shown, setShown] = React.useState(nothing)
  const key = JSON.stringify(choice)
  React.useEffect(() => {
    let isWanted = true
    // What JSON.stringify made of it a line above.
    const wanted = JSON.parse(key) as LiteralChoice | null
    const show = (next: ShownPreview) => {
      if (isWanted) setShown(next)
    }
    const ask = async (): Promise<void> => {
      if (wanted === null) {
        show(nothing)
        return
      }
      try {
        const preview = await host().literals.preview(wanted)
        show({ preview, choice: wanted, error: null })
      } catch (thrown) {
        const { title, hint } = thrownText(thrown)
        show({ ...nothing, error: hint === '' ? title : `${title}. ${hint}` })
      }
    }
    void ask()
    return () => {
      isWanted = false
    }
  }, [key])
  return shown
}
