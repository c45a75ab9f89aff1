import * as React from 'react'
import { readStream } from '../../../shared/contract/read-stream.ts'
import type { SignInEvent } from '../../../shared/domain/account.ts'
import type { ServerId } from '../../../shared/domain/ids.ts'
import { host } from '../../host/connection.ts'
import { thrownText } from '../../i18n/error-text.ts'

/** Where a sign-in is. */
export interface SignInProgress {
  readonly step: Extract<SignInEvent, { type: 'step' }>['step']
  /** The page to open; null until it is known. */
  readonly page: Extract<SignInEvent, { type: 'authorize' }> | null
  /** Why it failed; null where it did not. */
  readonly error: ReturnType<typeof thrownText> | null
}

const atStart: SignInProgress = { step: 'discover', page: null, error: null }

/**
 * Signs in to a server for as long as the caller is mounted; going away ends it.
 * @param onSignedIn once, at the end.
 */
export function useSignIn(serverId: ServerId, onSignedIn: () => void): SignInProgress {
  const [progress, setProgress] = React.useState(atStart)
  const done = React.useEffectEvent(onSignedIn)
  React.useEffect(() => {
    const abort = new AbortController()
    const take = (event: SignInEvent) => {
      if (event.type === 'step') setProgress((now) => ({ ...now, step: event.step }))
      if (event.type === 'authorize') {
        setProgress((now) => ({ ...now, step: 'authorize', page: event }))
      }
      if (event.type === 'signed_in') done()
    }
    const follow = async () => {
      try {
        const client = host()
        const stream = client.accounts.signIn({ serverId }, { signal: abort.signal })
        for await (const { items } of readStream(stream, client.streams.ack)) {
          if (abort.signal.aborted) return
          for (const event of items) take(event)
        }
      } catch (thrown) {
        // A sign-in that the person ended has nothing to tell.
        if (!abort.signal.aborted) {
          setProgress((now) => ({ ...now, page: null, error: thrownText(thrown) }))
        }
      }
    }
    void follow()
    return () => abort.abort()
  }, [serverId])
  return progress
}
