import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page, WebSocketRoute } from '@playwright/test'
import { formatMomentToken, parseMoment } from '../../src/renderer/features/logs/parse-moment.ts'
import type { HeadlessHost } from './headless-host.ts'
import { expect, test } from './test.ts'

const root = join(import.meta.dirname, '../..')
const memoryServer = join(root, 'node_modules/@modelcontextprotocol/server-memory/dist/index.js')
const fixtures = join(root, 'tests/fixtures/servers')

/** Starts a host with a server that prints, one that answers, and one that is quiet; then opens the Logs page. */
async function openLogs(
  page: Page,
  host: HeadlessHost,
  chatty: { readonly burst: number; readonly everyMs: number },
  query = '',
): Promise<void> {
  await host.start()
  const file = host.writeClaudeJson({
    chatty: {
      command: process.execPath,
      args: ['--import', join(fixtures, 'chatty.mjs'), join(fixtures, 'fixture-server.mjs')],
      env: { CHATTY_BURST: String(chatty.burst), CHATTY_EVERY: String(chatty.everyMs) },
    },
    memory: { command: process.execPath, args: [memoryServer] },
  })
  host.run('import', file, '--json')
  host.run('enable', 'chatty')
  host.run('enable', 'memory')
  await page.goto(host.url)
  await page.getByRole('link', { name: 'Logs' }).click()
  await expect(page.getByRole('treegrid', { name: 'Log lines' })).toBeVisible()
  if (query !== '') await search(page, query)
}

async function search(page: Page, query: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Search the logs' }).fill(query)
}

const rows = (page: Page) => page.getByRole('treegrid', { name: 'Log lines' }).locator('[data-row]')

/** Waits until the newest line of the log has this number, or a later one. */
async function expectPrinted(page: Page, number: number): Promise<void> {
  const newest = async () =>
    Number(/line number (\d+)/.exec((await rows(page).last().textContent()) ?? '')?.[1])
  await expect.poll(newest).toBeGreaterThanOrEqual(number)
}

/** What the store has, from the CLI. */
function stored(host: HeadlessHost, server: string, ...options: string[]): readonly StoredLine[] {
  return host
    .run('logs', server, '--json', '-n', '100000', ...options)
    .trim()
    .split('\n')
    .map((line): StoredLine => JSON.parse(line))
}

interface StoredLine {
  readonly seq: number
  readonly at: number
  readonly level: string
  readonly text: string
}

test('lines are followed; scrolling up pauses; End goes on', async ({ page, host }) => {
  await openLogs(page, host, { burst: 200, everyMs: 20 })
  await expect(page.getByText('Following')).toBeVisible()
  const list = page.getByRole('treegrid', { name: 'Log lines' })
  await expect(rows(page).last()).toContainText('line number')
  const before = await rows(page).last().getAttribute('data-row')
  await expect(rows(page).last()).not.toHaveAttribute('data-row', before ?? '')

  await list.focus()
  await page.keyboard.press('PageUp')
  await page.keyboard.press('PageUp')
  await expect(page.getByText(/^Paused at \d\d:\d\d:\d\d$/)).toBeVisible()
  const top = await list.evaluate((element) => element.scrollTop)
  await expect(page.getByText(/\d+ new lines/)).toBeVisible()
  await expect(page.getByText(/[2-9]\d new lines/)).toBeVisible()
  expect(await list.evaluate((element) => element.scrollTop)).toBe(top)

  await page.keyboard.press('End')
  await expect(page.getByText('Following')).toBeVisible()
  const atEnd = () =>
    list.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight)
  await expect.poll(atEnd).toBeLessThanOrEqual(1)
})

test('a pause by its button holds the lines so that text can be marked', async ({ page, host }) => {
  await openLogs(page, host, { burst: 200, everyMs: 20 }, 'server:chatty kind:stderr ')
  const list = page.getByRole('treegrid', { name: 'Log lines' })
  const main = page.getByRole('main')
  await expect(rows(page).last()).toContainText('line number')
  await main.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByText(/^Paused at \d\d:\d\d:\d\d$/)).toBeVisible()
  const top = await list.evaluate((element) => element.scrollTop)
  // The twentieth row that is drawn is on the screen; the last one is below it.
  const box = await rows(page)
    .nth(19)
    .getByText(/line number/)
    .boundingBox()
  if (box === null) throw new Error('the line is not on the screen')
  const middle = box.y + box.height / 2
  await page.mouse.move(box.x + 2, middle)
  await page.mouse.down()
  await page.mouse.move(box.x + 60, middle, { steps: 4 })
  await page.mouse.up()
  const marked = () => page.evaluate(() => window.getSelection()?.toString())
  const word = await marked()
  expect(word).toMatch(/^\S.{3,}/)
  await expect(main.getByText(/[3-9]\d new lines/)).toBeVisible()
  expect(await marked()).toBe(word)
  expect(await list.evaluate((element) => element.scrollTop)).toBe(top)

  // The end alone does not end it, as it does for a pause by scrolling.
  const drawn = (await rows(page).last().getAttribute('data-row')) ?? ''
  await list.evaluate((element) => element.scrollTo({ top: element.scrollHeight }))
  await expect(rows(page).last()).not.toHaveAttribute('data-row', drawn)
  await expect(page.getByText(/^Paused at/)).toBeVisible()
  await main.getByRole('button', { name: 'Follow' }).click()
  await expect(page.getByText('Following')).toBeVisible()

  // The key, and the command of the palette.
  await page.keyboard.press('p')
  await expect(page.getByText(/^Paused at/)).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('follow the log')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Following')).toBeVisible()
})

test('older pages come while one scrolls up, and the place stays', async ({ page, host }) => {
  await openLogs(page, host, { burst: 8_000, everyMs: 0 }, 'server:chatty kind:stderr ')
  const list = page.getByRole('treegrid', { name: 'Log lines' })
  await expect(rows(page).last()).toContainText('line number 8000.')
  const loaded = async () => Number(await list.getAttribute('aria-rowcount'))
  expect(await loaded()).toBeLessThan(8_000)
  await list.focus()
  await page.keyboard.press('Home')
  // The first row that was there stays where it is while older ones come before it.
  await expect.poll(loaded).toBeGreaterThan(5_001)
  await expect(page.locator('[data-active]')).toBeInViewport()
  await expect
    .poll(async () => {
      await page.keyboard.press('Home')
      return await loaded()
    })
    .toBe(8_002)
  await page.keyboard.press('Home')
  await expect(rows(page).first()).toContainText('red and bold')
})

test('a list that becomes lower goes on following', async ({ page, host }) => {
  await openLogs(page, host, { burst: 300, everyMs: 20 })
  await expect(page.getByText('Following')).toBeVisible()
  const list = page.getByRole('treegrid', { name: 'Log lines' })
  // As when a notice appears above it: the place is the same, but it is no longer the end, and a scroll is on its way.
  await list.evaluate((element) => {
    element.style.height = `${element.clientHeight - 60}px`
    element.style.flex = 'none'
    element.dispatchEvent(new Event('scroll'))
  })
  const before = await rows(page).last().getAttribute('data-row')
  await expect(rows(page).last()).not.toHaveAttribute('data-row', before ?? '')
  await expect(page.getByText('Following')).toBeVisible()
})

test('a text and a regular expression are found, and hits are visited', async ({ page, host }) => {
  await openLogs(page, host, { burst: 300, everyMs: 0 })
  await search(page, 'NUMBER 30')
  const hits = page.locator('output', { hasText: /hits?$/ })
  await expect(hits).toHaveText('2 hits')
  await page.keyboard.press('Enter')
  await expect(hits).toHaveText('2 of 2 hits')
  await expect(page.locator('[data-active]')).toContainText('line number 300.')
  await expect(page.locator('[data-active] mark')).toHaveText('number 30')
  await page.keyboard.press('Shift+Enter')
  await expect(hits).toHaveText('1 of 2 hits')
  await expect(page.locator('[data-active]')).toContainText('line number 30.')
  await page.keyboard.press('F3')
  await expect(hits).toHaveText('2 of 2 hits')

  await search(page, '/NUMBER 30/')
  await expect(hits).toHaveText('0 hits')
  await search(page, '/NUMBER 3\\d\\./i')
  await expect(hits).toHaveText('10 hits')

  await page.getByRole('button', { name: 'Filter' }).click()
  await expect(rows(page)).toHaveCount(10)
  await expect(rows(page).first()).toContainText('line number 30.')

  await search(page, '/[/')
  await expect(page.getByText('The regular expression cannot be read')).toBeVisible()
})

test('a regular expression that needs for ever is stopped', async ({ page, host }) => {
  await openLogs(page, host, { burst: 300, everyMs: 0 })
  await search(page, '/(?:[a-z0-9 .]+)+!/i')
  await expect(page.getByText('this regular expression takes too long')).toBeVisible()
  // The page was never held.
  await search(page, 'line number 300')
  await expect(page.locator('output', { hasText: /^1 hit$/ })).toBeVisible()
})

test('servers, levels and kinds are filtered, and the address says so', async ({ page, host }) => {
  await openLogs(page, host, { burst: 100, everyMs: 0 })
  await search(page, 'server:chatty level:error ')
  await expect(page.getByRole('button', { name: 'Remove server:chatty' })).toBeVisible()
  await expect(rows(page)).toHaveCount(10)
  for (const text of await rows(page).allTextContents()) expect(text).toMatch(/error.*chatty/)
  expect(decodeURIComponent(page.url())).toContain('q=server:chatty+level:error')

  await page.getByRole('group', { name: 'Level' }).getByRole('button', { name: 'Warn' }).click()
  await expect(page.getByRole('button', { name: 'Remove level:warn,error' })).toBeVisible()
  await expect(rows(page).getByText('warn', { exact: true }).first()).toBeVisible()

  await page.getByRole('button', { name: 'Remove level:warn,error' }).click()
  await page.getByRole('searchbox').pressSequentially('kind:lif')
  await page.keyboard.press('Tab')
  await expect(page.getByText('“kind:lif”')).toBeHidden()
  await page.keyboard.press('Escape')
  await search(page, 'kind:lifecycle -server:memory ')
  await expect(rows(page).first()).toContainText('Started process')
  await expect(rows(page).filter({ hasText: 'memory' })).toHaveCount(0)

  await search(page, 'server:nobody ')
  await expect(page.getByText('There is no server named nobody.')).toBeVisible()
})

test('a request is shown beside its response', async ({ page, host }) => {
  await openLogs(page, host, { burst: 0, everyMs: 0 })
  await search(page, 'server:memory kind:protocol ')
  host.run('call', 'memory', 'read_graph', '{}')
  const row = rows(page).filter({ hasText: 'tools/call read_graph' })
  await row.click()
  const detail = page.getByRole('row', { name: /Request.*Response/ }).last()
  await expect(detail).toContainText('"method"')
  await expect(detail).toContainText('"read_graph"')
  await expect(detail).toContainText('"entities')
  await expect(detail).toContainText(/\d+ ms/)
  await page.getByRole('button', { name: 'Collapse' }).click()
  await expect(detail).toBeHidden()

  // The response alone finds its request at the host.
  await search(page, 'server:memory kind:protocol /"entities/')
  await page.getByRole('button', { name: 'Filter' }).click()
  // The list is another one once only the hits are left.
  await expect(rows(page).filter({ hasText: 'initialize' })).toHaveCount(0)
  await expect(rows(page).last()).toContainText('← result')
  await rows(page).last().click()
  await expect(page.getByRole('row', { name: /Request.*Response/ }).last()).toContainText(
    '"read_graph"',
  )
})

test('colours are drawn, other escapes are not, and nothing is markup', async ({ page, host }) => {
  await openLogs(page, host, { burst: 0, everyMs: 0 }, 'server:chatty kind:stderr ')
  const row = rows(page).filter({ hasText: 'red and bold' })
  await expect(row.getByRole('gridcell').last()).toHaveText(
    'red and bold then plain <b>no markup</b>',
  )
  await expect(row.getByText('red and bold', { exact: true })).toHaveClass(/text-bad/)
  await expect(row.getByText('red and bold', { exact: true })).toHaveClass(/font-semibold/)
  await expect(row.locator('b')).toHaveCount(0)
})

test('the view is cleared and brought back', async ({ page, host }) => {
  await openLogs(page, host, { burst: 50, everyMs: 0 }, 'server:chatty kind:stderr ')
  await expect(rows(page).last()).toContainText('line number 50.')
  await page.getByRole('main').getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Clear the view' }).click()
  await expect(page.getByRole('heading', { name: /^Cleared at/ })).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(rows(page).last()).toContainText('line number 50.')
})

test('an export has what the store has', async ({ page, host }) => {
  await openLogs(page, host, { burst: 6_000, everyMs: 0 }, 'server:chatty kind:stderr ')
  await expect(rows(page).last()).toContainText('line number 6000.')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export…' }).click()
  await page.getByRole('menuitem', { name: 'As JSON lines' }).click()
  const saved = readFileSync(await (await download).path(), 'utf8')
  const printed = host.run('logs', 'chatty', '--json', '-n', '100000', '--source', 'stderr')
  expect(
    saved
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line)),
  ).toEqual(
    printed
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line)),
  )
})

test('an export as text has each line as it is read', async ({ page, host }) => {
  await openLogs(page, host, { burst: 5_500, everyMs: 0 }, 'server:chatty kind:stderr ')
  await expect(rows(page).last()).toContainText('line number 5500.')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export…' }).click()
  await page.getByRole('menuitem', { name: 'As text' }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^mcp-manager-[\dT-]+\.log$/)
  const saved = readFileSync(await file.path(), 'utf8').split('\n')
  const lines = stored(host, 'chatty', '--source', 'stderr').map(({ at, level, text }) => {
    // Without what colours it in a terminal.
    const said = text.includes('red and bold') ? 'red and bold then plain <b>no markup</b>' : text
    return `${new Date(at).toISOString()} ${level.padEnd(5)} chatty stderr ${said}`
  })
  expect(lines).toHaveLength(5_501)
  expect(saved).toEqual([...lines, ''])
  await expect(page.getByText('Saved 5,501 lines.')).toBeVisible()
})

test('a span that is dragged on the chart shows its lines only', async ({ page, host }) => {
  await openLogs(page, host, { burst: 0, everyMs: 20 })
  const list = page.getByRole('treegrid', { name: 'Log lines' })
  await expectPrinted(page, 150)
  host.run('stop', 'chatty')
  const lines = stored(host, 'chatty', '--source', 'stderr')
  await search(page, 'server:chatty kind:stderr ')
  await expect(list).toHaveAttribute('aria-rowcount', String(lines.length + 1))
  const chart = page.getByRole('slider', { name: 'Lines over time' })
  const spoken = async () => (await chart.getAttribute('aria-valuetext')) ?? ''
  const box = await chart.boundingBox()
  if (box === null) throw new Error('the chart is not on the screen')
  const at = (share: number) => [box.x + box.width * share, box.y + box.height / 2] as const

  // From the right to the left is as good.
  await page.mouse.move(...at(0.6))
  await page.mouse.down()
  await page.mouse.move(...at(0.3), { steps: 5 })
  const said = Number(/: (\d+) lines/.exec(await spoken())?.[1])
  await page.mouse.up()
  await expect(page.getByRole('button', { name: /^Remove since:/ })).toBeVisible()
  const query = new URL(page.url().replace('#/', '')).searchParams.get('q') ?? ''
  const moment = (word: string) =>
    parseMoment(new RegExp(`${word}:(\\S+)`).exec(query)?.[1] ?? '', Date.now()) ?? 0
  const within = lines.filter((line) => line.at >= moment('since') && line.at < moment('before'))
  expect(within.length).toBeGreaterThan(0)
  expect(within.length).toBeLessThan(lines.length)
  // The span is widened to whole milliseconds, so that it takes in a line more at each end at most.
  expect(within.length - said).toBeGreaterThanOrEqual(0)
  expect(within.length - said).toBeLessThanOrEqual(2)
  await expect(list).toHaveAttribute('aria-rowcount', String(within.length + 1))
  await expect(rows(page).last()).toContainText(within.at(-1)?.text ?? 'nothing')
  await expect(page.getByText('A span of the past')).toBeVisible()
  // The chart still shows all of the time, with the span marked.
  await expect(page.locator('.log-brush')).toBeVisible()

  await chart.focus()
  await page.keyboard.press('Escape')
  await expect(list).toHaveAttribute('aria-rowcount', String(lines.length + 1))
  await expect(page.getByText('Following')).toBeVisible()
})

test('a time is jumped to, in older pages too', async ({ page, host }) => {
  await openLogs(page, host, { burst: 6_000, everyMs: 20 }, 'server:chatty kind:stderr ')
  const list = page.getByRole('treegrid', { name: 'Log lines' })
  await expectPrinted(page, 6_060)
  const lines = stored(host, 'chatty', '--source', 'stderr')
  const jumpTo = async (time: string) => {
    await list.focus()
    await page.keyboard.press('j')
    await page.getByRole('dialog').getByLabel('Time').fill(time)
    await page.keyboard.press('Enter')
  }
  const firstAt = (at: number) => lines.find((line) => line.at >= at)?.text ?? 'nothing'
  // Lines that were printed one by one have moments of their own.
  const one = lines.at(-20)
  if (one === undefined) throw new Error('nothing was printed')
  await jumpTo('soon')
  const dialog = page.getByRole('dialog', { name: 'Jump to a time…' })
  await expect(dialog).toContainText('Write 12:04, 15m, 2h, 1d or 2026-11-20T12:04.')
  await expect(dialog.getByLabel('Time')).toHaveValue('soon')
  await dialog.getByLabel('Time').fill(formatMomentToken(one.at, 0))
  await dialog.getByRole('button', { name: 'Jump' }).click()
  await expect(page.locator('[data-active]')).toContainText(firstAt(one.at))
  await expect(page.locator('[data-active]')).toBeInViewport()
  await expect(page.getByText(/^Paused at/)).toBeVisible()
  await expect(list).toBeFocused()

  // The first line is in a page that was not loaded.
  const first = lines[0]?.at ?? 0
  expect(Number(await list.getAttribute('aria-rowcount'))).toBeLessThan(6_000)
  await jumpTo(formatMomentToken(first, 0))
  await expect(page.locator('[data-active]')).toContainText('red and bold')
  await expect(page.locator('[data-active]')).toBeInViewport()
})

test('a reload and a lost connection in mid-stream lose no line and double none', async ({
  page,
  host,
}) => {
  // Between the page and its host, so that a test can break the connection; the host and the server go on.
  const sockets: WebSocketRoute[] = []
  await page.routeWebSocket(/\/rpc$/, (socket) => {
    socket.connectToServer()
    sockets.push(socket)
  })
  await openLogs(page, host, { burst: 500, everyMs: 5 }, 'server:chatty kind:stderr ')
  await expect(rows(page).last()).toContainText('line number')
  await page.reload()
  await expect(rows(page).last()).toContainText('line number')
  for (const round of [1, 2, 3]) {
    const before = await rows(page).last().getAttribute('data-row')
    const count = sockets.length
    await sockets.at(-1)?.close()
    await expect.poll(() => sockets.length, { message: `round ${round}` }).toBe(count + 1)
    await expect(rows(page).last()).not.toHaveAttribute('data-row', before ?? '')
  }
  host.run('stop', 'chatty')
  const lines = stored(host, 'chatty').filter(({ text }) => text.includes('line number'))
  const last = lines.at(-1)
  await expect(rows(page).last()).toContainText(last?.text ?? 'nothing')
  const list = page.getByRole('treegrid', { name: 'Log lines' })
  await list.focus()
  const seen = new Set<string>()
  const take = async () => {
    for (const text of await rows(page)
      .getByText(/line number/)
      .allTextContents())
      seen.add(text)
  }
  await page.keyboard.press('Home')
  await expect(rows(page).first()).toContainText('red and bold')
  expect(Number(await list.getAttribute('aria-rowcount'))).toBe(lines.length + 2)
  for (let count = 0; count <= lines.length / 10; count += 1) {
    await take()
    await page.keyboard.press('PageDown')
  }
  await take()
  expect(seen.size).toBe(lines.length)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the page is accessible in ${colorScheme}`, async ({ page, host, expectAccessible }) => {
    await page.emulateMedia({ colorScheme })
    await openLogs(page, host, { burst: 60, everyMs: 0 })
    await search(page, 'line')
    await expect(page.locator('output', { hasText: /hits$/ })).toBeVisible()
    await page.keyboard.press('Enter')
    await rows(page).last().dblclick()
    await expect(page.getByRole('button', { name: 'Collapse' })).toBeVisible()
    await expectAccessible()
    await page.setViewportSize({ width: 900, height: 600 })
    await expectAccessible()
  })
}

test('a line, what it says, and a marked text are copied by the menu of a row', async ({
  page,
  host,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openLogs(page, host, { burst: 30, everyMs: 0 }, 'server:chatty kind:stderr ')
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  const row = rows(page).filter({ hasText: 'line number 7.' })
  await row.click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Copy message' }).click()
  await expect.poll(copied).toMatch(/^[^\n]*line number 7\.$/)
  const message = await copied()
  await row.click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Copy line' }).click()
  await expect.poll(copied).toMatch(/^\d{4}-.*chatty stderr .*line number 7\.$/)
  expect((await copied()).endsWith(message)).toBe(true)

  await row.getByRole('gridcell').last().selectText()
  await row.click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Copy selected text' }).click()
  await expect.poll(copied).toBe(message)
})
