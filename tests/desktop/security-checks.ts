import type { Page } from '@playwright/test'
import type { DesktopApp } from './desktop-app.ts'
import { expect, type Manager } from './manager.ts'

/** What a check looks at. */
export interface Checked {
  readonly app: DesktopApp
  readonly manager: Manager
  /** How long it waits for what has to come, in milliseconds. */
  readonly timeout: number
}

/** The page, connected to its host. */
async function connectedPage({ app, timeout }: Checked): Promise<Page> {
  const page = await app.window()
  // Only the host tells its address.
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('127.0.0.1:', {
    timeout,
  })
  return page
}

async function waitForLog({ manager, timeout }: Checked, text: string): Promise<void> {
  await expect.poll(() => manager.log(), { timeout }).toContain(text)
}

/** What holds the window safe, each by a name (docs/security.md). A check rejects where it does not hold. */
export const securityChecks = {
  'the page gets a port to the host, and works': async (checked: Checked) => {
    const page = await connectedPage(checked)
    await page.getByRole('link', { name: 'Settings' }).click()
    await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible({
      timeout: checked.timeout,
    })
  },

  'no script runs but those of the page': async (checked: Checked) => {
    const page = await connectedPage(checked)
    const { policy, hasRun } = await page.evaluate(async () => {
      const response = await fetch('/')
      const script = document.createElement('script')
      script.textContent = 'globalThis.injected = true'
      document.head.append(script)
      return {
        policy: response.headers.get('content-security-policy') ?? '',
        hasRun: Reflect.has(globalThis, 'injected'),
      }
    })
    expect(hasRun).toBe(false)
    expect(policy).toContain("default-src 'none'; script-src 'self';")
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/)
  },

  'the page has nothing of Node or Electron but the way to ask for its port': async (
    checked: Checked,
  ) => {
    const page = await connectedPage(checked)
    const found = await page.evaluate(() => {
      const bridge: unknown = Reflect.get(window, 'desktop')
      return {
        globals: ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer'].filter(
          (name) => Reflect.has(window, name),
        ),
        bridge: Object.keys(Object(bridge)),
        isFrozen: Object.isFrozen(bridge),
      }
    })
    expect(found).toEqual({ globals: [], bridge: ['requestPort'], isFrozen: true })
  },

  'the page goes nowhere else': async (checked: Checked) => {
    const page = await connectedPage(checked)
    const pageOf = () => page.url().split('#')[0]
    const before = pageOf()
    await page.evaluate(() => {
      window.location.href = 'https://example.com/'
    })
    await waitForLog(checked, 'a navigation was refused')
    expect(pageOf()).toBe(before)
  },

  'no page opens a window, and only an address of the web reaches the browser': async (
    checked: Checked,
  ) => {
    const { app, timeout } = checked
    const page = await connectedPage(checked)
    const opened = await page.evaluate(() =>
      ['file:///etc/passwd', 'mcp-manager://install', 'smb://host/x', 'https://example.com/'].map(
        (address) => window.open(address) === null,
      ),
    )
    expect(opened).toEqual([true, true, true, true])
    await expect.poll(() => app.opened(), { timeout }).toEqual(['https://example.com/'])
    const windows = await app.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows().length,
      null,
    )
    expect(windows).toBe(1)
  },

  'no permission is granted but to copy a text': async (checked: Checked) => {
    const page = await connectedPage(checked)
    const states = await page.evaluate(async () => {
      const names = [
        'geolocation',
        'notifications',
        'camera',
        'microphone',
        'clipboard-read',
      ] as const
      return await Promise.all(
        // Chromium knows more names than the typings.
        names.map(async (name) => {
          const { state } = await navigator.permissions.query({ name: name as PermissionName })
          return state
        }),
      )
    })
    expect(new Set(states)).toEqual(new Set(['denied']))
  },

  'no file outside of the page is handed out': async (checked: Checked) => {
    const page = await connectedPage(checked)
    const statuses = await page.evaluate(async () => {
      const paths = [
        '/..%2fmain%2fmain.js',
        '/%2e%2e/main/main.js',
        '/..%5cmain%5cmain.js',
        '/x.js',
      ]
      return await Promise.all(paths.map(async (path) => (await fetch(path)).status))
    })
    expect(statuses).toEqual([404, 404, 404, 404])
    const posted = await page.evaluate(async () => (await fetch('/', { method: 'POST' })).status)
    expect(posted).toBe(403)
  },

  'only the page of the window gets a port': async (checked: Checked) => {
    const { app } = checked
    await connectedPage(checked)
    // Another window of this program, with the same preload and even the same page in it.
    await app.evaluate(async ({ BrowserWindow }, preload) => {
      const forged = new BrowserWindow({
        show: false,
        webPreferences: { preload, sandbox: true, contextIsolation: true, nodeIntegration: false },
      })
      await forged.loadURL('app://main/')
    }, checked.manager.preloadFile)
    await waitForLog(checked, 'a port was refused')
  },
} as const

/** The name of a check. */
export type CheckName = keyof typeof securityChecks
