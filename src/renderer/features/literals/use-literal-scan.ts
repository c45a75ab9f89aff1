import * as React from 'react'
import type { LiteralScan } from '../../../shared/contract/literals.ts'
import type { Move } from '../../../shared/domain/literals.ts'
import { host } from '../../host/connection.ts'
import { tellFailure } from '../settings/tell-failure.ts'

/** What was found, and what can be put back. */
interface Found extends LiteralScan {
  readonly moves: readonly Move[]
  /** Of this look; another one for the next. */
  readonly look: number
}

/** Looks into the files when it is first shown, and again when it is told to. What was found stays until the next look is over. */
export function useLiteralScan(): {
  /** Null: nothing is known yet. */
  readonly found: Found | null
  readonly lookAgain: () => void
} {
  const [found, setFound] = React.useState<Found | null>(null)
  const [look, setLook] = React.useState(0)
  React.useEffect(() => {
    let isWanted = true
    void tellFailure(async () => {
      const [scan, moves] = await Promise.all([
        host().literals.scan({ files: [] }),
        host().literals.moves(),
      ])
      if (isWanted) setFound({ ...scan, moves, look })
    })
    return () => {
      isWanted = false
    }
  }, [look])
  return { found, lookAgain: () => setLook((count) => count + 1) }
}
