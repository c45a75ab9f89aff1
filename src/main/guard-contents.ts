import { app, type Session, shell, type WebContents } from 'electron'
import type { Logger } from 'pino'
import { externalAddress, isOwnPage } from './own-page.ts'

/**
 * Keeps every page of this program where it is: none goes elsewhere, opens a window, or embeds another one. A link of http or
 * https opens in the person's browser.
 */
export function guardContents(logger: Logger): void {
  app.on('web-contents-created', (_event, contents) => guard(contents, logger))
}

function guard(contents: WebContents, logger: Logger): void {
  contents.on('will-frame-navigate', (event) => {
    if (event.isMainFrame && isOwnPage(event.url)) return
    event.preventDefault()
    logger.warn({ scheme: URL.parse(event.url)?.protocol }, 'a navigation was refused')
  })
  contents.on('will-redirect', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    const address = externalAddress(url)
    if (address !== null) {
      shell.openExternal(address).catch((error: unknown) => {
        logger.warn({ err: error }, 'the browser could not be opened')
      })
    }
    return { action: 'deny' }
  })
}

/** Refuses every permission that a page can ask for, but the one to put text into the clipboard when a person clicks Copy. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) => {
    answer(isAllowed(permission, contents.getURL()))
  })
  session.setPermissionCheckHandler((_contents, permission, origin) =>
    isAllowed(permission, origin),
  )
  session.setDevicePermissionHandler(() => false)
}

function isAllowed(permission: string, origin: string): boolean {
  return permission === 'clipboard-sanitized-write' && isOwnPage(origin)
}
