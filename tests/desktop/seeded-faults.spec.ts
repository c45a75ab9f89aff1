import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from './manager.ts'
import { type CheckName, securityChecks } from './security-checks.ts'

const repository = path.join(import.meta.dirname, '../..')

/** A fault in the built main bundle: what is replaced by what, each everywhere and at least once. */
interface Fault {
  readonly name: string
  readonly replace: readonly (readonly [string, string])[]
  /** The check that has to find it. */
  readonly caughtBy: CheckName
  /** What the log says where the stand-in does not even start with it. */
  readonly refusal?: string
}

const faults: readonly Fault[] = [
  {
    name: 'no content security policy',
    replace: [['"Content-Security-Policy"', '"X-No-Policy"']],
    caughtBy: 'no script runs but those of the page',
  },
  {
    name: 'a page without sandbox',
    replace: [['sandbox: true', 'sandbox: false']],
    caughtBy: 'the page gets a port to the host, and works',
    refusal: 'webPreferences.sandbox = false is refused',
  },
  {
    name: 'a page without isolation',
    replace: [['contextIsolation: true', 'contextIsolation: false']],
    caughtBy: 'the page gets a port to the host, and works',
    refusal: 'webPreferences.contextIsolation = false is refused',
  },
  {
    name: 'a page with Node in it',
    replace: [['nodeIntegration: false', 'nodeIntegration: true']],
    caughtBy: 'the page gets a port to the host, and works',
    refusal: 'webPreferences.nodeIntegration = true is refused',
  },
  {
    name: 'no same-origin policy',
    replace: [['webSecurity: true', 'webSecurity: false']],
    caughtBy: 'the page gets a port to the host, and works',
    refusal: 'webPreferences.webSecurity = false is refused',
  },
  {
    name: 'insecure content',
    replace: [['allowRunningInsecureContent: false', 'allowRunningInsecureContent: true']],
    caughtBy: 'the page gets a port to the host, and works',
    refusal: 'webPreferences.allowRunningInsecureContent = true is refused',
  },
  {
    name: 'webviews',
    replace: [['webviewTag: false', 'webviewTag: true']],
    caughtBy: 'the page gets a port to the host, and works',
    refusal: 'webPreferences.webviewTag = true is refused',
  },
  {
    name: 'experimental features',
    replace: [['webSecurity: true', 'webSecurity: true, experimentalFeatures: true']],
    caughtBy: 'the page gets a port to the host, and works',
    refusal: 'webPreferences.experimentalFeatures = true is refused',
  },
  {
    name: 'features of Blink by name',
    replace: [['webSecurity: true', 'webSecurity: true, enableBlinkFeatures: "x"']],
    caughtBy: 'the page gets a port to the host, and works',
    refusal: 'webPreferences.enableBlinkFeatures',
  },
  {
    name: 'no guard of navigation',
    replace: [['if (isOwnPage(event.url)) return;', 'return;']],
    caughtBy: 'the page goes nowhere else',
  },
  {
    name: 'windows may be opened',
    replace: [['return { action: "deny" }', 'return { action: "allow" }']],
    caughtBy: 'no page opens a window, and only an address of the web reaches the browser',
  },
  {
    name: 'any address reaches the system',
    replace: [['const address = externalAddress(url);', 'const address = url;']],
    caughtBy: 'no page opens a window, and only an address of the web reaches the browser',
  },
  {
    name: 'every permission is granted',
    replace: [
      ['return permission === "clipboard-sanitized-write" && isOwnPage(origin);', 'return true;'],
    ],
    caughtBy: 'no permission is granted but to copy a text',
  },
  {
    name: 'no check of the sender',
    replace: [
      ['if (!this.#isTrusted(event)) {', 'if (false) {'],
      ['|| !this.#isTrusted(event)', ''],
    ],
    caughtBy: 'only the page of the window gets a port',
  },
  {
    name: 'no check of the path',
    replace: [['path.split("/").every((part) => /^[\\w@-][\\w@.-]*$/.test(part)) &&', 'true &&']],
    caughtBy: 'no file outside of the page is handed out',
  },
  {
    name: 'every method reaches the files of the page',
    replace: [['request.method !== "GET" || ', '']],
    caughtBy: 'no file outside of the page is handed out',
  },
  {
    name: 'the wrong end of the channel is handed over',
    replace: [['postMessage(portChannel, null, [port2])', 'postMessage(portChannel, null, [])']],
    caughtBy: 'the page gets a port to the host, and works',
  },
  {
    name: 'a port that is never started',
    replace: [['port1.start();', '']],
    caughtBy: 'the page gets a port to the host, and works',
  },
]

/** A copy of the built application with a fault in it; everything but the main bundle is the checkout's own. */
function seed(folder: string, { replace }: Fault): string {
  mkdirSync(path.join(folder, 'out'), { recursive: true })
  cpSync(path.join(repository, 'package.json'), path.join(folder, 'package.json'))
  for (const name of ['assets', 'node_modules', 'out/node', 'out/preload', 'out/renderer']) {
    symlinkSync(path.join(repository, name), path.join(folder, name))
  }
  cpSync(path.join(repository, 'out/main'), path.join(folder, 'out/main'), { recursive: true })
  const file = path.join(folder, 'out/main/main.js')
  let text = readFileSync(file, 'utf8')
  for (const [from, to] of replace) {
    expect(text, `the bundle no longer has ${from}`).toContain(from)
    text = text.replaceAll(from, to)
  }
  writeFileSync(file, text)
  return folder
}

// Each has a home of its own; one after the other they would keep one worker long after the others have nothing to do.
test.describe.configure({ mode: 'parallel' })

for (const fault of faults) {
  test(`caught: ${fault.name}`, async ({ manager }, testInfo) => {
    // What the fault does is what the test is about.
    testInfo.annotations.push({ type: 'expected-error', description: '' })
    const appFolder = seed(path.join(manager.home, 'seeded'), fault)
    const check = securityChecks[fault.caughtBy]
    // A bundle that does not even start would be found by any check.
    const app = await manager.start({ appFolder }).catch(() => null)
    if (app === null) {
      expect(manager.log()).toContain(fault.refusal ?? 'a refusal, which is not expected')
      return
    }
    const outcome = await check({ app, manager, timeout: 4_000 }).then(
      () => 'not found',
      () => 'found',
    )
    expect(outcome).toBe('found')
  })
}

test('the copy without a fault passes every check that has to find one', async ({
  manager,
}, testInfo) => {
  for (const description of ['Content Security Policy', 'Failed to load resource']) {
    testInfo.annotations.push({ type: 'expected-error', description })
  }
  const folder = seed(path.join(manager.home, 'seeded'), {
    name: 'none',
    replace: [],
    caughtBy: 'the page goes nowhere else',
  })
  const app = await manager.start({ appFolder: folder })
  for (const check of Object.values(securityChecks)) await check({ app, manager, timeout: 15_000 })
})
