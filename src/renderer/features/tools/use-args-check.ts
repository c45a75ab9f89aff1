import * as React from 'react'
import type { SchemaProblem } from '../../../shared/contract/tools.ts'
import type { JsonObject } from '../../../shared/lib/json.ts'
import { host, useConnection } from '../../host/connection.ts'
import { thrownText } from '../../i18n/error-text.ts'
import type { Offer } from './offer.ts'

/** How long the arguments have to rest before the host checks them, in milliseconds. */
const restMs = 250

const none: readonly SchemaProblem[] = []

/** Where the arguments of a tool do not fit its schema, as the host finds; those of before until it has answered. */
export function useArgsCheck(offer: Offer, args: JsonObject): readonly SchemaProblem[] {
  const [problems, setProblems] = React.useState<readonly SchemaProblem[]>(none)
  const isConnected = useConnection(({ connection }) => connection.status === 'connected')
  const { serverId, kind, name } = offer
  const isChecked = kind === 'tool' && isConnected
  React.useEffect(() => {
    if (!isChecked) return
    const abort = new AbortController()
    const timer = setTimeout(() => {
      host()
        .tools.check({ serverId, tool: name, args }, { signal: abort.signal })
        .then(
          (found) => {
            if (!abort.signal.aborted) setProblems(found)
          },
          (thrown: unknown) => {
            if (!abort.signal.aborted) {
              setProblems([{ path: '', message: thrownText(thrown).title }])
            }
          },
        )
    }, restMs)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [isChecked, serverId, name, args])
  return isChecked ? problems : none
}
