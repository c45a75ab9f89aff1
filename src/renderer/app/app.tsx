import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { closeSignIn, useSignInTarget } from '../features/accounts/sign-in-target.ts'
import { closeInputs, useInputTarget } from '../features/inputs/input-target.ts'
import { VaultDialog } from '../features/vault/vault-dialog.tsx'
import { useConnection } from '../host/connection.ts'
import { ToastHost } from '../ui/toast.tsx'
import { TooltipProvider } from '../ui/tooltip.tsx'
import { useAppCommands } from './app-commands.tsx'
import { ConnectionNotice, RefusedPage } from './connection-notice.tsx'
import { CrashBoundary } from './crash-boundary.tsx'
import { closeOverlay, openOverlay, useOverlay } from './overlay.ts'
import { GiveInputDialog, KeySheet, loadPalette, Page, Palette, SignInDialog } from './pages.tsx'
import { Quitting } from './quitting.tsx'
import { Rail } from './rail.tsx'
import { useRoute } from './route.ts'
import { StatusBar } from './status-bar.tsx'
import { useAhead } from './use-ahead.ts'
import { useFirstStart } from './use-first-start.ts'
import { usePageTurn } from './use-page-turn.ts'
import { useUpdateNotice } from './use-update-notice.ts'
import { useWindowDrop } from './use-window-drop.ts'
import { useWindowCommands } from './window-commands.ts'

/** The window: rail, page, status bar, and what floats above them. */
export function App(): React.JSX.Element {
  const { t } = useTranslation('app')
  const route = useRoute((state) => state.route)
  const status = useConnection((state) => state.connection.status)
  const overlay = useOverlay((state) => state.overlay)
  const signInAt = useSignInTarget((state) => state.serverId)
  const inputsAt = useInputTarget((state) => state.serverId)
  useFirstStart()
  useAppCommands()
  useWindowCommands()
  usePageTurn(route.page)
  useUpdateNotice()
  useWindowDrop()
  useAhead(loadPalette)
  if (status === 'refused') return <RefusedPage />
  if (status === 'connecting') return <p className="hear-only">{t('connection.connecting')}</p>
  return (
    <TooltipProvider>
      <div className="grid h-full grid-cols-[var(--w-rail)_minmax(0,1fr)] grid-rows-[minmax(0,1fr)_var(--h-status)]">
        <a
          href="#main"
          className="absolute top-1 left-1 z-20 -translate-y-20 rounded-md bg-raised p-2 focus-visible:translate-y-0"
          onClick={(event) => {
            // The address is the route: a skip link must not change it.
            event.preventDefault()
            document.getElementById('main')?.focus()
          }}
        >
          {t('skip')}
        </a>
        <Rail onSearch={() => openOverlay('palette')} />
        <div className="flex min-h-0 min-w-0 flex-col">
          <main
            id="main"
            tabIndex={-1}
            className="@container/main flex min-h-0 flex-1 flex-col outline-none"
          >
            <ConnectionNotice />
            <CrashBoundary key={route.page}>
              <React.Suspense fallback={<p className="hear-only">{t('loading')}</p>}>
                <Page route={route} />
              </React.Suspense>
            </CrashBoundary>
          </main>
          <ToastHost />
        </div>
        <StatusBar />
        <Quitting />
        <CrashBoundary key={signInAt} onClose={closeSignIn}>
          <React.Suspense>
            {signInAt !== null && <SignInDialog serverId={signInAt} onClose={closeSignIn} />}
          </React.Suspense>
        </CrashBoundary>
        <CrashBoundary key={inputsAt} onClose={closeInputs}>
          <React.Suspense>
            {inputsAt !== null && <GiveInputDialog serverId={inputsAt} onClose={closeInputs} />}
          </React.Suspense>
        </CrashBoundary>
        <CrashBoundary key={overlay} onClose={closeOverlay}>
          <React.Suspense>
            {overlay === 'palette' && <Palette onClose={closeOverlay} />}
            {overlay === 'vault' && <VaultDialog onClose={closeOverlay} />}
            {overlay === 'keys' && <KeySheet onClose={closeOverlay} />}
          </React.Suspense>
        </CrashBoundary>
      </div>
    </TooltipProvider>
  )
}
