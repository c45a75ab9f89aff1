import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { posix, win32 } from 'node:path'

/** Where to open an address of our own door: a tab of the person's browser, or a window of its own. */
export type PageWindow = 'tab' | 'app'

/** What decides which browsers can open a window of their own. */
export interface BrowserSystem {
  readonly platform: NodeJS.Platform
  readonly env: NodeJS.ProcessEnv
  /** Undefined on Windows. */
  readonly uid: number | undefined
}

const linuxNames = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
  'brave-browser',
]
const macNames = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser']
const windowsFiles = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
]

/**
 * Opens an address in the person's browser. Only called with an address of our own door, or by `openExternal`. Resolves to whether a program for
 * it was found. `app`: a window without an address bar, where a browser is installed that has such, else a tab.
 */
export async function openPage(url: string, window: PageWindow): Promise<boolean> {
  if (window === 'app') {
    const uid = process.getuid?.()
    const browser = appBrowserFiles({ platform: process.platform, env: process.env, uid }).find(
      (file) => existsSync(file),
    )
    if (browser !== undefined && (await start(browser, [`--app=${url}`]))) return true
  }
  const [command, args] =
    process.platform === 'darwin'
      ? ['open', [url]]
      : process.platform === 'win32'
        ? ['rundll32', ['url.dll,FileProtocolHandler', url]]
        : ['xdg-open', [url]]
  return await start(command, args)
}

/**
 * Opens an address that a server named, such as the page of a sign-in. Resolves to false, and opens nothing, for all but http
 * and https. No shell ever sees it.
 */
export async function openExternal(address: string): Promise<boolean> {
  const url = URL.parse(address)
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return false
  // As the parser writes it: without spaces, quotes and control characters, and never like an option.
  return await openPage(url.href, 'tab')
}

/**
 * Absolute paths at which a browser of Chromium's family may be, the preferred first. None where it could not show a window: as
 * root its sandbox does not start, and we do not switch that off. Pure.
 */
export function appBrowserFiles({ platform, env, uid }: BrowserSystem): readonly string[] {
  switch (platform) {
    case 'darwin':
      return ['/Applications', ...(env['HOME'] ? [`${env['HOME']}/Applications`] : [])].flatMap(
        (folder) => macNames.map((name) => `${folder}/${name}.app/Contents/MacOS/${name}`),
      )
    case 'win32':
      return ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA']
        .map((name) => env[name] ?? '')
        .filter((folder) => folder !== '')
        .flatMap((folder) => windowsFiles.map((parts) => win32.join(folder, ...parts)))
    default: {
      const hasDisplay = Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY'])
      if (!hasDisplay || uid === 0) return []
      const folders = (env['PATH'] ?? '').split(':').filter((folder) => posix.isAbsolute(folder))
      return linuxNames.flatMap((name) => folders.map((folder) => posix.join(folder, name)))
    }
  }
}

async function start(command: string, args: readonly string[]): Promise<boolean> {
  return await new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}
