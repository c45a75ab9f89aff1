import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { eventsOf, expect, expectEvent, test } from './fixture-test.ts'

test('the page gets what the preload exposes, and the main process knows who calls', async ({
  app,
}) => {
  const page = await app.window()
  expect(
    await page.evaluate(async () => {
      const { bridge } = window
      return {
        platform: bridge.platform,
        isSandboxed: bridge.isSandboxed,
        bytes: [...bridge.bytes],
        sum: bridge.nested.add(2, 3),
        each: bridge.each((n) => `<${n}>`),
        described: await bridge.describe({ at: new Date(0) }),
      }
    }),
  ).toEqual({
    platform: process.platform,
    isSandboxed: true,
    bytes: [1, 2, 3],
    sum: 5,
    each: ['<1>', '<2>', '<3>'],
    described: {
      url: 'app://main/index.html',
      origin: 'app://main',
      value: { at: new Date(0) },
    },
  })
})

test('errors cross as errors', async ({ app }) => {
  const page = await app.window()
  const messages = await page.evaluate(async () => {
    const messageOf = async (run: () => unknown): Promise<string> => {
      try {
        await run()
        return 'no error'
      } catch (error) {
        return String(error)
      }
    }
    const { bridge } = window
    return Promise.all([
      messageOf(() => bridge.throws()),
      messageOf(() => bridge.fail()),
      messageOf(() => bridge.uncloneable()),
    ])
  })
  expect(messages).toEqual([
    expect.stringContaining('from the preload'),
    "Error: Error invoking remote method 'fail': TypeError: no such thing",
    'Error: An object could not be cloned.',
  ])
})

test('a page cannot reach into the world of its preload', async ({ app }) => {
  const page = await app.window()
  expect(
    await page.evaluate(() => {
      const { bridge } = window
      return {
        require: typeof Reflect.get(window, 'require'),
        process: typeof Reflect.get(window, 'process'),
        module: typeof Reflect.get(window, 'module'),
        fs: bridge.requireFs(),
        isFrozen: Object.isFrozen(bridge) && Object.isFrozen(bridge.nested),
        isReplaced: Reflect.set(window, 'bridge', {}),
        own: Object.keys(window).filter((key) => /binding|receive|guest/.test(key)),
        reachesFunction: Reflect.get(bridge.nested.add, 'constructor') === Function,
      }
    }),
  ).toEqual({
    require: 'undefined',
    process: 'undefined',
    module: 'undefined',
    fs: 'Error: module not found: node:fs',
    isFrozen: true,
    isReplaced: false,
    own: [],
    reachesFunction: true,
  })
})

const refused = { type: 'expected-error', description: 'Content Security Policy' }
test('the content security policy holds', { annotation: refused }, async ({ app }) => {
  const page = await app.window()
  const violations = page.getByTestId('violations')
  await page.getByTestId('eval').click()
  await expect(page.getByTestId('eval')).toHaveText('EvalError')
  await expect(violations).toContainText('script-src eval;')
  const ran = await page.evaluate(async () => {
    const script = document.createElement('script')
    script.textContent = 'document.title = "inline ran"'
    document.body.append(script)
    const answer = fetch('https://example.com/').then(
      () => 'fetched',
      () => 'refused',
    )
    return { title: document.title, answer: await answer, own: (await fetch('/page.js')).status }
  })
  expect(ran).toEqual({ title: 'Fixture', answer: 'refused', own: 200 })
  await expect(violations).toContainText('script-src-elem inline;')
  await expect(violations).toContainText('connect-src https://example.com/;')
})

test('navigations are asked for, and one that is prevented does not happen', async ({ app }) => {
  const page = await app.window()
  await page.getByText('away').click()
  await expectEvent(app, 'will-navigate https://example.com/away')
  await page.getByText('mail').click()
  await expectEvent(app, 'will-navigate mailto:someone@example.com')
  await page.evaluate(() => {
    location.href = 'https://example.com/scripted'
  })
  await expectEvent(app, 'will-navigate https://example.com/scripted')
  expect(
    await app.evaluate(({ webContents }) => webContents.getAllWebContents()[0]?.getURL(), null),
  ).toBe('app://main/index.html')
  // The page is still alive and was not loaded again.
  expect(await page.evaluate(() => window.bridge.nested.add(1, 1))).toBe(2)
  expect((await eventsOf(app)).filter((event) => event.startsWith('loaded'))).toHaveLength(1)
})

test('what a page sends to its own scheme arrives', async ({ app }) => {
  const page = await app.window()
  const echoed = await page.evaluate(async () => {
    const answer = await fetch('/echo.html', { method: 'POST', body: 'Grüße' })
    return answer.text()
  })
  expect(echoed).toBe('Grüße')
  expect(await eventsOf(app)).toContain('request POST app://main/echo.html')
})

test('a redirection is asked for', async ({ app }) => {
  await app.window()
  const error = await app.evaluate(async ({ webContents }) => {
    try {
      await webContents.getAllWebContents()[0]?.loadURL('app://main/moved.html')
      return 'none'
    } catch (thrown) {
      return String(thrown)
    }
  }, null)
  expect(error).toContain('ERR_ABORTED')
  expect(await eventsOf(app)).toContain('will-redirect https://example.com/moved')
})

test('a window that the page wants is denied', async ({ app }) => {
  const page = await app.window()
  expect(await page.evaluate(() => window.open('https://example.com/opened'))).toBeNull()
  await expectEvent(app, 'window-open https://example.com/opened')
  await page.getByText('popup').click()
  await expectEvent(app, 'window-open https://example.com/popup')
  await expect.poll(() => page.context().pages().length).toBe(1)
})

test('permissions are what the handlers say', async ({ app }) => {
  const page = await app.window()
  expect(
    await page.evaluate(async () => ({
      notification: Notification.permission,
      camera: (await navigator.permissions.query({ name: 'camera' })).state,
      write: await navigator.clipboard.writeText('x').then(
        () => 'written',
        (error: unknown) => (error instanceof DOMException ? error.name : String(error)),
      ),
    })),
  ).toEqual({ notification: 'denied', camera: 'denied', write: 'NotAllowedError' })
})

test('a port of the main process reaches the page and is closed with it', async ({ app }) => {
  const page = await app.window()
  await expect(page.getByTestId('port')).toHaveText('"first"')
  await page.evaluate(() => window.port?.postMessage({ n: 1 }))
  await expect(page.getByTestId('port')).toHaveText('{"echo":{"n":1}}')
  await page.reload()
  await expectEvent(app, 'port closed')
  await expect(page.getByTestId('port')).toHaveText('"first"')
})

test('each end of a port hears that the other one was closed', async ({ app }) => {
  const page = await app.window()
  await expect(page.getByTestId('port')).toHaveText('"first"')
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        window.port?.addEventListener('close', resolve)
        window.port?.postMessage('close')
      }),
  )
  await expectEvent(app, 'port closed')
  await page.reload()
  await expect(page.getByTestId('port')).toHaveText('"first"')
  await page.evaluate(() => window.port?.close())
  await expect
    .poll(async () => (await eventsOf(app)).filter((event) => event === 'port closed').length)
    .toBe(2)
})

test('a port of the page reaches the main process, with all that can be cloned', async ({
  app,
}) => {
  const page = await app.window()
  expect(
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          const { port1, port2 } = new MessageChannel()
          port1.addEventListener('message', ({ data: { echo } }) => {
            resolve({
              bytes: [...echo.bytes],
              date: echo.date.getTime(),
              big: String(echo.big),
              map: [...echo.map],
              isCircular: echo.self === echo,
              error: `${echo.error.name} ${echo.error.message}`,
              nothing: echo.nothing === undefined && 'nothing' in echo,
              zero: Object.is(echo.zero, -0),
            })
          })
          port1.start()
          window.postMessage('page-port', location.origin, [port2])
          const value: Record<string, unknown> = {
            bytes: new Uint8Array([0, 255]),
            date: new Date(5),
            big: 12n,
            map: new Map([['k', 1]]),
            error: new RangeError('far'),
            nothing: undefined,
            zero: -0,
          }
          value['self'] = value
          port1.postMessage(value)
        }),
    ),
  ).toEqual({
    bytes: [0, 255],
    date: 5,
    big: '12',
    map: [['k', 1]],
    isCircular: true,
    error: 'RangeError far',
    nothing: true,
    zero: true,
  })
})

test('a dropped file has its path in the preload', async ({ app, home }) => {
  const page = await app.window()
  const file = path.join(home, 'servers.json')
  writeFileSync(file, '{}')
  await app.dropFiles(file)
  await expect(page.getByTestId('dropped')).toHaveText(file)
})

test('zoom and editing commands of the menu act on the page', async ({ app }) => {
  const page = await app.window()
  const width = (): Promise<number> => page.evaluate(() => innerWidth)
  expect(await width()).toBe(900)
  await app.clickMenu('View > Zoom In')
  await expect.poll(width).toBeLessThan(900)
  await app.clickMenu('View > Actual Size')
  await expect.poll(width).toBe(900)
  await page.getByLabel('field').focus()
  await app.clickMenu('Edit > Select All')
  await app.clickMenu('Edit > Delete')
  await expect(page.getByLabel('field')).toHaveValue('')
})
