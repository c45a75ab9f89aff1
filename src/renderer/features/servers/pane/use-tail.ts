import * as React from 'react'
import { readStream } from '../../../../shared/contract/read-stream.ts'
import { toAppError } from '../../../../shared/contract/rpc-error.ts'
import type { ErrorInfo } from '../../../../shared/domain/errors.ts'
import type { ServerId } from '../../../../shared/domain/ids.ts'
import type { LogLine } from '../../../../shared/domain/log-line.ts'
import { host, useConnection } from '../../../host/connection.ts'

/** The end of a server's log. */
export interface Tail {
  /** Null until the host has told the first of them. */
  readonly lines: readonly LogLine[] | null
  /** Why no more come; null while they do. */
  readonly error: ErrorInfo | null
}

const unknown: Tail = { lines: null, error: null }

/** Follows the last lines that a server wrote or that were written about it, at most `limit`, without its protocol traffic. */
export function useTail(serverId: ServerId, limit: number): Tail {
  const connectedTimes = useConnection((state) => state.connectedTimes)
  const [tail, setTail] = React.useState<Tail>(unknown)
  React.useEffect(() => {
    if (connectedTimes === 0) return
    const abort = new AbortController()
    const follow = async () => {
      const client = host()
      const stream = client.logs.follow(
        {
          serverIds: [serverId],
          sources: ['stderr', 'stdout', 'lifecycle'],
          levels: null,
          sinceAt: null,
          text: null,
          limit,
        },
        { signal: abort.signal },
      )
      let lines: readonly LogLine[] = []
      // The first batch may be empty, and then says just that: nothing is there yet.
      setTail({ lines, error: null })
      for await (const { items } of readStream(stream, client.streams.ack)) {
        if (abort.signal.aborted) return
        lines = [...lines, ...items].slice(-limit)
        setTail({ lines, error: null })
      }
    }
    follow().catch((thrown: unknown) => {
      if (abort.signal.aborted) return
      const error = toAppError(thrown)
      // A lost connection is said once, over the page, and followed anew when it is back.
      if (error.code === 'host_unreachable') return
      setTail((last) => ({ ...last, error: error.toInfo() }))
    })
    return () => abort.abort()
  }, [serverId, limit, connectedTimes])
  return tail
}
