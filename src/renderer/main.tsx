import * as React from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { CrashBoundary } from './app/crash-boundary.tsx'
import { followKeys } from './app/follow-keys.ts'
import { followTheme } from './app/follow-theme.ts'
import { followAddress } from './app/route.ts'
import { showDesktopRequests } from './app/show-desktop-requests.ts'
import { connectHost } from './host/connect-host.ts'
import { keepConnected } from './host/connection.ts'
import { followHost } from './host/follow-host.ts'
import { startTexts } from './i18n/i18n.ts'

const element = document.getElementById('root')
if (element === null) throw new Error('index.html has no element with the id "root"')
// Before the address is read: it may hold a ticket, which is taken out of it first.
const connected = keepConnected(
  connectHost,
  async (client) => await followHost(client, showDesktopRequests),
)
followAddress()
followKeys()
followTheme()
await startTexts()
createRoot(element).render(
  <React.StrictMode>
    <CrashBoundary>
      <App />
    </CrashBoundary>
  </React.StrictMode>,
)
await connected
