import * as React from 'react'
import type { SchemaProblem } from '../../../shared/contract/tools.ts'
import type { JsonObject } from '../../../shared/lib/json.ts'
import { host, useConnection } from '../../host/connection.ts'
import { thrownText } from '../../i18n/error-text.ts'
import type { Offer } from './offer.ts'

/** How long the arguments have to rest before the host checks them, in milliseconds. */
const restMs = 250

const none: readonly SchemaProblem[] = []

/** What the host finds in arguments. */
export interface ArgsCheck {
  /** Those of before, until it has answered for the arguments as they are. */
  readonly problems: readonly SchemaProblem[]
  /** Checks arguments at once. Where the host cannot tell, there is no problem: the run itself will say why. */
  readonly checkNow: (args: JsonObject) => Promise<readonly SchemaProblem[]>
}

/** Where the arguments of a tool do not fit its schema, as the host finds. */
export function useArgsCheck(offer: Offer, args: JsonObject): ArgsCheck {
  const [problems, setProblems] = React.useState(none)
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
  const checkNow = async (now: JsonObject) => {
    if (!isChecked) return none
    try {
      const found = await host().tools.check({ serverId, tool: name, args: now })
      setProblems(found)
      return found
    } catch {
      // The run meets the same error, and shows it.
      return none
    }
  }
  return { problems: isChecked ? problems : none, checkNow }
}
