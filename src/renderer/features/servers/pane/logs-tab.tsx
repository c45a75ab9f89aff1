import * as React from 'react'
import type { ServerDefinition } from '../../../../shared/domain/server-definition.ts'

const LogTail = React.lazy(async () => {
  const module = await import('../../logs/log-tail.tsx')
  return { default: module.LogTail }
})

/** The log of the server, live, in the width of the pane. */
export function LogsTab({
  definition,
}: {
  readonly definition: ServerDefinition
}): React.JSX.Element {
  return (
    <React.Suspense>
      <LogTail serverId={definition.id} />
    </React.Suspense>
  )
}
