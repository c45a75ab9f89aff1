import { AlertDialog } from '@base-ui/react/alert-dialog'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerView } from '../../shared/domain/server-view.ts'
import { tellFailure } from '../features/settings/tell-failure.ts'
import { host } from '../host/connection.ts'
import { useDesktop } from '../host/desktop.ts'
import { compareServers, useServers } from '../host/servers.ts'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { dialogBox, dialogFrame, dialogScrim } from '../ui/dialog-classes.ts'
import { Progress } from '../ui/progress.tsx'
import { useNow } from '../ui/use-now.ts'

/** Over everything while the program ends: how many servers have not stopped yet, and the way not to wait for them. */
export function Quitting(): React.JSX.Element | null {
  const quitting = useDesktop(({ state }) => (state.isDesktop ? state.quitting : null))
  return quitting === null || quitting.remaining === 0 ? null : <QuittingDialog {...quitting} />
}

function QuittingDialog({
  remaining,
  forcedAt,
}: {
  readonly remaining: number
  readonly forcedAt: number
}): React.JSX.Element {
  const { t } = useTranslation('app')
  // The time is up to a second old: rounded up it would promise more than there is.
  const seconds = Math.max(0, Math.floor((forcedAt - useNow()) / 1000))
  const names = useServers(({ byId }) => stillStopping([...byId.values()]))
  // The first figure is all there were: the bar grows from there.
  const [total, setTotal] = React.useState(remaining)
  if (remaining > total) setTotal(remaining)
  return (
    <AlertDialog.Root open>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={dialogScrim} />
        <AlertDialog.Viewport className={dialogFrame}>
          <AlertDialog.Popup className={classNames(dialogBox, 'max-w-[400px]')}>
            <AlertDialog.Title className="t-16">{t('quitting.title')}</AlertDialog.Title>
            <AlertDialog.Description className="text-ink-2">
              {seconds > 0 ? t('quitting.text', { seconds }) : t('quitting.forcing')}
            </AlertDialog.Description>
            <Progress
              label={t('quitting.progress')}
              share={(total - remaining) / total}
              figures={t('quitting.remaining', { count: remaining })}
            />
            <p className="t-12 min-h-4 text-ink-3 wrap-anywhere">
              {names !== '' && t('quitting.waiting', { names })}
            </p>
            <div className="mt-1 flex justify-end">
              <Button
                size="lg"
                variant="danger"
                onClick={() => void tellFailure(async () => await host().desktop.quitNow())}
              >
                {t('quitting.now')}
              </Button>
            </div>
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}

/** So many names fit into a line or two. */
const maxNames = 4

/** The names of the servers that have not stopped, in one text; empty where none has. Pure. */
function stillStopping(servers: readonly ServerView[]): string {
  const names = servers
    .filter(({ state }) => state.phase === 'stopping')
    .toSorted(compareServers)
    .map(({ definition }) => definition.name)
  return [...names.slice(0, maxNames), ...(names.length > maxNames ? ['…'] : [])].join(', ')
}
