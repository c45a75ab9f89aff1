import * as React from 'react'
import { readStream } from '../../../shared/contract/read-stream.ts'
import { toAppError } from '../../../shared/contract/rpc-error.ts'
import type { DraftInput } from '../../../shared/contract/servers.ts'
import { host } from '../../host/connection.ts'
import { afterTestEvent, beginTest, type TestRun } from './test-run.ts'

/** A test of a connection, and what can be done with it. */
export interface ConnectionTest {
  /** Null before the first one. */
  readonly run: TestRun | null
  readonly start: (input: DraftInput) => void
  /** Ends it; the host stops what was started. */
  readonly cancel: () => void
}

/** Tests a draft. One test at a time; leaving the page ends it. */
export function useConnectionTest(): ConnectionTest {
  const [run, setRun] = React.useState<TestRun | null>(null)
  const controller = React.useRef<AbortController | null>(null)
  React.useEffect(() => () => controller.current?.abort(), [])

  const start = (input: DraftInput) => {
    controller.current?.abort()
    const own = new AbortController()
    controller.current = own
    setRun(beginTest(Date.now()))
    void follow(input, own.signal, (change) => {
      if (controller.current === own) setRun((before) => (before === null ? null : change(before)))
    })
  }
  const cancel = () => {
    controller.current?.abort()
    controller.current = null
    setRun((before) =>
      before === null || before.end !== null
        ? before
        : { ...before, end: { kind: 'cancelled' }, endedAt: Date.now() },
    )
  }
  return { run, start, cancel }
}

async function follow(
  input: DraftInput,
  signal: AbortSignal,
  apply: (change: (run: TestRun) => TestRun) => void,
): Promise<void> {
  try {
    const client = host()
    const stream = readStream(client.servers.test(input, { signal }), client.streams.ack)
    for await (const { items } of stream) {
      const at = Date.now()
      apply((run) => items.reduce((so, event) => afterTestEvent(so, event, at), run))
    }
  } catch (thrown) {
    if (signal.aborted) return
    const error = toAppError(thrown).toInfo()
    apply((run) =>
      run.end === null ? { ...run, end: { kind: 'failed', error }, endedAt: Date.now() } : run,
    )
  }
}
