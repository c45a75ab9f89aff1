import type {
  CallbackResponse,
  Session as ElectronSession,
  WebContents as ElectronWebContents,
  OnBeforeRequestListenerDetails,
  WebRequestFilter,
} from 'electron'
import { noteFault } from './faults.ts'
import { originOf, toAppAddress } from './page-address.ts'
import { protocol } from './protocol.ts'
import { runtime } from './runtime.ts'
import { notImplemented, StrictEmitter, strictObject } from './strict.ts'

type RequestHandler = Parameters<ElectronSession['setPermissionRequestHandler']>[0]
type CheckHandler = Parameters<ElectronSession['setPermissionCheckHandler']>[0]
type BeforeRequest = (
  details: OnBeforeRequestListenerDetails,
  callback: (response: CallbackResponse) => void,
) => void

/** Electron's permissions, by the names that Chromium's protocol knows them by. */
const permissions = [
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['media', 'camera'],
  ['media', 'microphone'],
  ['midi', 'midi'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-sanitized-write', 'clipboard-write'],
  ['idle-detection', 'idle-detection'],
] as const

type Permission = (typeof permissions)[number][0]

/** Sets in Chromium what the application's handlers say for an origin. */
export const applyPermissions = Symbol('applyPermissions')
/** Asks the application's `onBeforeRequest`; answers whether the request is cancelled. */
export const isCancelled = Symbol('isCancelled')

/** Electron's Session; there is one. */
export class Session extends StrictEmitter {
  readonly protocol = protocol
  readonly webRequest = strictObject('webRequest', {
    onBeforeRequest: (
      first: WebRequestFilter | BeforeRequest | null,
      _listener?: BeforeRequest | null,
    ): void => {
      if (first !== null && typeof first !== 'function') {
        throw notImplemented('webRequest.onBeforeRequest with a filter')
      }
      this.#beforeRequest = first
    },
  })
  #requestHandler: RequestHandler = null
  #checkHandler: CheckHandler = null
  #beforeRequest: BeforeRequest | null = null

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.#requestHandler = handler
  }

  setPermissionCheckHandler(handler: CheckHandler): void {
    this.#checkHandler = handler
  }

  /**
   * Chromium's protocol has no prompt: both handlers are asked for each permission before a page is loaded, and what they
   * say holds for its origin. Without a handler everything is granted, as in Electron.
   */
  async [applyPermissions](contents: ElectronWebContents, pageUrl: string): Promise<void> {
    const { origin } = new URL(pageUrl)
    if (origin === 'null') return
    const url = toAppAddress(pageUrl)
    for (const [permission, name] of permissions) {
      const isGranted =
        (await this.#isRequestGranted(contents, permission, url)) &&
        this.#isCheckGranted(contents, permission, url)
      try {
        await runtime.chromium.browser.send('Browser.setPermission', {
          permission: { name },
          setting: isGranted ? 'granted' : 'denied',
          origin,
        })
      } catch (error) {
        noteFault(`the permission ${name} could not be set: ${String(error)}`)
      }
    }
  }

  [isCancelled](details: OnBeforeRequestListenerDetails): Promise<boolean> {
    const listener = this.#beforeRequest
    if (listener === null) return Promise.resolve(false)
    return new Promise((resolve, reject) => {
      listener(details, ({ cancel = false, redirectURL }) => {
        if (redirectURL === undefined) resolve(cancel)
        else reject(notImplemented('webRequest.onBeforeRequest with redirectURL'))
      })
    })
  }

  #isRequestGranted(
    contents: ElectronWebContents,
    permission: Permission,
    url: string,
  ): Promise<boolean> {
    const handler = this.#requestHandler
    if (handler === null) return Promise.resolve(true)
    const details = { requestingUrl: url, isMainFrame: true }
    return new Promise((resolve) => {
      handler(contents, permission, resolve, details)
    })
  }

  #isCheckGranted(contents: ElectronWebContents, permission: Permission, url: string): boolean {
    const details = { requestingUrl: url, isMainFrame: true }
    return this.#checkHandler?.(contents, permission, originOf(url), details) ?? true
  }
}

/** Electron's `session`. */
export const session = strictObject('session', { defaultSession: new Session() })
