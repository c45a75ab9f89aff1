import { readFileSync } from 'node:fs'
import type { Page, WebSocketRoute } from '@playwright/test'
import { formatMomentToken, parseMoment } from '../../src/renderer/features/logs/parse-moment.ts'
import {
  type Chatter,
  chattyServer,
  openLogs,
  searchLogs,
  storedLines,
} from '../journeys/chatty-server.ts'
import { followLog, searchLog } from '../journeys/follow-log.ts'
import { logRows, publishedServer } from '../journeys/page-parts.ts'
import { reloadInMidStream } from '../journeys/reload-in-mid-stream.ts'
import type { HeadlessHost } from './headless-host.ts'
import { expect, test } from './test.ts'

/** Starts a host with a server that prints, one that answers, and one that is quiet; then opens the Logs page. */
async function startWithLogs(
  page: Page,
  host: HeadlessHost,
  chatter: Chatter,
  query = '',
): Promise<void> {
  await host.start()
  const file = host.writeClaudeJson({
    chatty: chattyServer(chatter),
    memory: publishedServer('memory'),
  })
  host.run('import', file, '--json')
  host.run('enable', 'chatty')
  host.run('enable', 'memory')
  await page.goto(host.url)
  await openLogs(page, query)
}

/** Waits until the newest line of the log has this number, or a later one. */
async function expectPrinted(page: Page, number: number): Promise<void> {
  const newest = async () =>
    Number(/line number (\d+)/.exec((await logRows(page).last().textContent()) ?? '')?.[1])
  await expect.poll(newest).toBeGreaterThanOrEqual(number)
}

test('lines are followed; scrolling up pauses; End goes on', async ({ page, host }) => {
  await host.start()
  await page.goto(host.url)
  await followLog(page, host)
})

test('a pause by its button holds the lines so that text can be marked', async ({ page, host }) => {
  await startWithLogs(page, host, { burst: 200, everyMs: 20 }, 'server:chatty kind:stderr ')
  const list = page.getByRole('treegrid', { name: 'Log lines' })
  const main = page.getByRole('main')
  await expect(logRows(page).last()).toContainText('line number')
  await main.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByText(/^Paused at \d\d:\d\d:\d\d$/)).toBeVisible()
  const top = await list.evaluate((element) => element.scrollTop)
  // The twentieth row that is drawn is on the screen; the last one is below it.
  const box = await logRows(page)
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
  const drawn = (await logRows(page).last().getAttribute('data-row')) ?? ''
  await list.evaluate((element) => element.scrollTo({ top: element.scrollHeight }))
  await expect(logRows(page).last()).not.toHaveAttribute('data-row', drawn)
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
  await startWithLogs(page, host, { burst: 8_000, everyMs: 0 }, 'server:chatty kind:stderr ')
  const list = page.getByRole('treegrid', { name: 'Log lines' })
  await expect(logRows(page).last()).toContainText('line number 8000.')
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
  await expect(logRows(page).first()).toContainText('red and bold')
})

test('a list that becomes lower goes on following', async ({ page, host }) => {
  await startWithLogs(page, host, { burst: 300, everyMs: 20 })
  await expect(page.getByText('Following')).toBeVisible()
  const list = page.getByRole('treegrid', { name: 'Log lines' })
  // As when a notice appears above it: the place is the same, but it is no longer the end, and a scroll is on its way.
  await list.evaluate((element) => {
    element.style.height = `${element.clientHeight - 60}px`
    element.style.flex = 'none'
    element.dispatchEvent(new Event('scroll'))
  })
  const before = await logRows(page).last().getAttribute('data-row')
  await expect(logRows(page).last()).not.toHaveAttribute('data-row', before ?? '')
  await expect(page.getByText('Following')).toBeVisible()
})

test('a text and a regular expression are found, and hits are visited', async ({ page, host }) => {
  await host.start()
  await page.goto(host.url)
  await searchLog(page, host)
})

test('a regular expression that needs for ever is stopped', async ({ page, host }) => {
  await startWithLogs(page, host, { burst: 300, everyMs: 0 })
  await searchLogs(page, '/(?:[a-z0-9 .]+)+!/i')
  await expect(page.getByText('this regular expression takes too long')).toBeVisible()
  // The page was never held.
  await searchLogs(page, 'line number 300')
  await expect(page.locator('output', { hasText: /^1 hit$/ })).toBeVisible()
})

test('servers, levels and kinds are filtered, and the address says so', async ({ page, host }) => {
  await startWithLogs(page, host, { burst: 100, everyMs: 0 })
  await searchLogs(page, 'server:chatty level:error ')
  await expect(page.getByRole('button', { name: 'Remove server:chatty' })).toBeVisible()
  await expect(logRows(page)).toHaveCount(10)
  for (const text of await logRows(page).allTextContents()) expect(text).toMatch(/error.*chatty/)
  expect(decodeURIComponent(page.url())).toContain('q=server:chatty+level:error')

  await page.getByRole('group', { name: 'Level' }).getByRole('button', { name: 'Warn' }).click()
  await expect(page.getByRole('button', { name: 'Remove level:warn,error' })).toBeVisible()
  await expect(logRows(page).getByText('warn', { exact: true }).first()).toBeVisible()

  await page.getByRole('button', { name: 'Remove level:warn,error' }).click()
  await page.getByRole('searchbox').pressSequentially('kind:lif')
  await page.keyboard.press('Tab')
  await expect(page.getByText('“kind:lif”')).toBeHidden()
  await page.keyboard.press('Escape')
  await searchLogs(page, 'kind:lifecycle -server:memory ')
  await expect(logRows(page).first()).toContainText('Started process')
  await expect(logRows(page).filter({ hasText: 'memory' })).toHaveCount(0)

  await searchLogs(page, 'server:nobody ')
  await expect(page.getByText('There is no server named nobody.')).toBeVisible()
})

test('a request is shown beside its response', async ({ page, host }) => {
  await startWithLogs(page, host, { burst: 0, everyMs: 0 })
  await searchLogs(page, 'server:memory kind:protocol ')
  host.run('call', 'memory', 'read_graph', '{}')
  const row = logRows(page).filter({ hasText: 'tools/call read_graph' })
  await row.click()
  const detail = page.getByRole('row', { name: /Request.*Response/ }).last()
  await expect(detail).toContainText('"method"')
  await expect(detail).toContainText('"read_graph"')
  await expect(detail).toContainText('"entities')
  await expect(detail).toContainText(/\d+ ms/)
  await page.getByRole('button', { name: 'Collapse' }).click()
  await expect(detail).toBeHidden()

  // The response alone finds its request at the host.
  await searchLogs(page, 'server:memory kind:protocol /"entities/')
  await page.getByRole('button', { name: 'Filter' }).click()
  // The list is another one once only the hits are left.
  await expect(logRows(page).filter({ hasText: 'initialize' })).toHaveCount(0)
  await expect(logRows(page).last()).toContainText('← result')
  await logRows(page).last().click()
  await expect(page.getByRole('row', { name: /Request.*Response/ }).last()).toContainText(
    '"read_graph"',
  )
})

test('colours are drawn, other escapes are not, and nothing is markup', async ({ page, host }) => {
  await startWithLogs(page, host, { burst: 0, everyMs: 0 }, 'server:chatty kind:stderr ')
  const row = logRows(page).filter({ hasText: 'red and bold' })
  await expect(row.getByRole('gridcell').last()).toHaveText(
    'red and bold then plain <b>no markup</b>',
  )
  await expect(row.getByText('red and bold', { exact: true })).toHaveClass(/text-bad/)
  await expect(row.getByText('red and bold', { exact: true })).toHaveClass(/font-semibold/)
  await expect(row.locator('b')).toHaveCount(0)
})

test('the view is cleared and brought back', async ({ page, host }) => {
  await startWithLogs(page, host, { burst: 50, everyMs: 0 }, 'server:chatty kind:stderr ')
  await expect(logRows(page).last()).toContainText('line number 50.')
  await page.getByRole('main').getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Clear the view' }).click()
  await expect(page.getByRole('heading', { name: /^Cleared at/ })).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(logRows(page).last()).toContainText('line number 50.')
})

test('an export has what the store has', async ({ page, host }) => {
  await startWithLogs(page, host, { burst: 6_000, everyMs: 0 }, 'server:chatty kind:stderr ')
  await expect(logRows(page).last()).toContainText('line number 6000.')
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
  await startWithLogs(page, host, { burst: 5_500, everyMs: 0 }, 'server:chatty kind:stderr ')
  await expect(logRows(page).last()).toContainText('line number 5500.')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export…' }).click()
  await page.getByRole('menuitem', { name: 'As text' }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^mcp-manager-[\dT-]+\.log$/)
  const saved = readFileSync(await file.path(), 'utf8').split('\n')
  const lines = storedLines(host, 'chatty', '--source', 'stderr').map(({ at, level, text }) => {
    // Without what colours it in a terminal.
    const said = text.includes('red and bold') ? 'red and bold then plain <b>no markup</b>' : text
    return `${new Date(at).toISOString()} ${level.padEnd(5)} chatty stderr ${said}`
  })
  expect(lines).toHaveLength(5_501)
  expect(saved).toEqual([...lines, ''])
  await expect(page.getByText('Saved 5,501 lines.')).toBeVisible()
})

test('a span that is dragged on the chart shows its lines only', async ({ page, host }) => {
  await startWithLogs(page, host, { burst: 0, everyMs: 20 })
  const list = page.getByRole('treegrid', { name: 'Log lines' })
  await expectPrinted(page, 150)
  host.run('stop', 'chatty')
  const lines = storedLines(host, 'chatty', '--source', 'stderr')
  await searchLogs(page, 'server:chatty kind:stderr ')
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
  await expect(logRows(page).last()).toContainText(within.at(-1)?.text ?? 'nothing')
  await expect(page.getByText('A span of the past')).toBeVisible()
  // The chart still shows all of the time, with the span marked.
  await expect(page.locator('.log-brush')).toBeVisible()

  await chart.focus()
  await page.keyboard.press('Escape')
  await expect(list).toHaveAttribute('aria-rowcount', String(lines.length + 1))
  await expect(page.getByText('Following')).toBeVisible()
})

test('a time is jumped to, in older pages too', async ({ page, host }) => {
  await startWithLogs(page, host, { burst: 6_000, everyMs: 20 }, 'server:chatty kind:stderr ')
  const list = page.getByRole('treegrid', { name: 'Log lines' })
  await expectPrinted(page, 6_060)
  const lines = storedLines(host, 'chatty', '--source', 'stderr')
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
  await host.start()
  await page.goto(host.url)
  await reloadInMidStream(page, host, async () => {
    for (const round of [1, 2, 3]) {
      const before = await logRows(page).last().getAttribute('data-row')
      const count = sockets.length
      await sockets.at(-1)?.close()
      await expect.poll(() => sockets.length, { message: `round ${round}` }).toBe(count + 1)
      await expect(logRows(page).last()).not.toHaveAttribute('data-row', before ?? '')
    }
  })
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the page is accessible in ${colorScheme}`, async ({ page, host, expectAccessible }) => {
    await page.emulateMedia({ colorScheme })
    await startWithLogs(page, host, { burst: 60, everyMs: 0 })
    await searchLogs(page, 'line')
    await expect(page.locator('output', { hasText: /hits$/ })).toBeVisible()
    await page.keyboard.press('Enter')
    await logRows(page).last().dblclick()
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
  await startWithLogs(page, host, { burst: 30, everyMs: 0 }, 'server:chatty kind:stderr ')
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  const row = logRows(page).filter({ hasText: 'line number 7.' })
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
