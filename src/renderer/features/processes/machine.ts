import * as React from 'react'
import { create } from 'zustand'
import { readStream } from '../../../shared/contract/read-stream.ts'
import { toAppError } from '../../../shared/contract/rpc-error.ts'
import type { ErrorInfo } from '../../../shared/domain/errors.ts'
import type { MachineServer, MachineSnapshot } from '../../../shared/domain/machine.ts'
import { host, useConnection } from '../../host/connection.ts'

/** What the host saw last on its machine. */
interface Machine {
  /** Null until the first look. */
  readonly snapshot: MachineSnapshot | null
  /** Why no more looks come; null while they do. */
  readonly error: ErrorInfo | null
}

/** The machine, live while `useMachineFeed` is on the screen; kept after it, so that coming back shows something at once. */
export const useMachine = create<Machine>(() => ({ snapshot: null, error: null }))

/** Names a server's first process among all. */
export function keyOfServer({ pid, startMark }: Pick<MachineServer, 'pid' | 'startMark'>): string {
  return `${pid} ${startMark}`
}

/** Watches the machine for as long as the component is on the screen: the host only looks while somebody does. */
export function useMachineFeed(): void {
  const connectedTimes = useConnection((state) => state.connectedTimes)
  React.useEffect(() => {
    if (connectedTimes === 0) return
    const abort = new AbortController()
    const follow = async () => {
      const client = host()
      const stream = client.processes.watch(undefined, { signal: abort.signal })
      for await (const { items } of readStream(stream, client.streams.ack)) {
        if (abort.signal.aborted) return
        const snapshot = items.at(-1)
        if (snapshot !== undefined) useMachine.setState({ snapshot, error: null })
      }
    }
    follow().catch((thrown: unknown) => {
      if (abort.signal.aborted) return
      const error = toAppError(thrown)
      // A lost connection is said once, over the page, and followed anew when it is back.
      if (error.code !== 'host_unreachable') useMachine.setState({ error: error.toInfo() })
    })
    return () => abort.abort()
  }, [connectedTimes])
}
