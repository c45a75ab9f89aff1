import * as React from 'react'
import { toAppError } from '../../../../shared/contract/rpc-error.ts'
import type { LaunchPreview, ServerDraft } from '../../../../shared/contract/servers.ts'
import type { ErrorInfo } from '../../../../shared/domain/errors.ts'
import type { ServerDefinition } from '../../../../shared/domain/server-definition.ts'
import { host, useConnection } from '../../../host/connection.ts'
import { useServers } from '../../../host/servers.ts'

/** What a definition will run, as the host worked it out. */
export type Preview =
  | { readonly status: 'reading' }
  | { readonly status: 'known'; readonly launch: LaunchPreview }
  | { readonly status: 'failed'; readonly error: ErrorInfo }

/** What will run. Asked of the host anew only when what is run changes. */
export function usePreview(definition: ServerDefinition): Preview {
  const { id } = definition
  const connectedTimes = useConnection((state) => state.connectedTimes)
  const [preview, setPreview] = React.useState<Preview>({ status: 'reading' })
  // Each event brings a new object; only its content tells whether the answer still holds.
  const content = JSON.stringify(draftOf(definition))
  React.useEffect(() => {
    if (connectedTimes === 0) return
    const abort = new AbortController()
    const read = async () => {
      const current = useServers.getState().byId.get(id)
      if (current === undefined || content === '') return
      const launch = await host().servers.preview(
        { id, draft: draftOf(current.definition), inputValues: {} },
        { signal: abort.signal },
      )
      if (!abort.signal.aborted) setPreview({ status: 'known', launch })
    }
    read().catch((thrown: unknown) => {
      if (abort.signal.aborted) return
      const error = toAppError(thrown)
      if (error.code === 'host_unreachable') return
      setPreview({ status: 'failed', error: error.toInfo() })
    })
    return () => abort.abort()
  }, [id, content, connectedTimes])
  return preview
}

function draftOf(definition: ServerDefinition): ServerDraft {
  const { name, scope, project, transport, timeouts, supervision, tools } = definition
  return { name, scope, project, transport, timeouts, supervision, tools }
}
