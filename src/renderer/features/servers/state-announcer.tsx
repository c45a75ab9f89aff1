import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { useServers } from '../../host/servers.ts'
import { useSay } from './live-look.tsx'
import { lookOf } from './server-look.ts'
import { settledChanges } from './settled-changes.ts'

/** How long changes are gathered before they are said, in milliseconds. */
const gatherMs = 800

/** Tells a screen reader what came of servers: the state of one, or how many run and how many are broken where several changed. */
export function StateAnnouncer(): React.JSX.Element {
  const { t } = useTranslation('servers')
  const say = useSay()
  const [text, setText] = React.useState('')
  const tell = React.useEffectEvent((before: Parameters<typeof settledChanges>[0]) => {
    const { byId } = useServers.getState()
    const changed = settledChanges(before, byId)
    const [first] = changed
    if (first === undefined) return
    const all = [...byId.values()]
    setText(
      changed.length === 1
        ? t('heard.one', {
            name: first.definition.name,
            state: say(lookOf(first, Date.now()).word),
          })
        : t('heard.many', {
            running: all.filter((server) => server.state.phase === 'running').length,
            failed: all.filter((server) => lookOf(server, 0).needsAttention).length,
          }),
    )
  })
  React.useEffect(() => {
    let before = useServers.getState().byId
    let timer: ReturnType<typeof setTimeout> | undefined
    const unsubscribe = useServers.subscribe(() => {
      timer ??= setTimeout(() => {
        timer = undefined
        tell(before)
        before = useServers.getState().byId
      }, gatherMs)
    })
    return () => {
      unsubscribe()
      clearTimeout(timer)
    }
  }, [])
  return (
    <p className="hear-only" aria-live="polite">
      {text}
    </p>
  )
}
