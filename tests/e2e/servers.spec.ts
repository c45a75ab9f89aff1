import { mendFailure } from '../journeys/mend-failure.ts'
import { fixtureServer, publishedServer, rowOf } from '../journeys/page-parts.ts'
import { switchServer } from '../journeys/switch-server.ts'
import { expect, test } from './test.ts'

const memory = publishedServer('memory')
const small = fixtureServer('ok')
/** Thirty processes take longer than one. */
const manyProcesses = { timeout: 30_000 }
const missing = { command: 'no-such-command', args: ['--flag', 'a value'] }

test('the link opens the page once, and the ticket leaves the address', async ({
  page,
  context,
  host,
}) => {
  // The refused ticket and the refused socket are reported by the browser itself.
  test
    .info()
    .annotations.push(
      { type: 'expected-error', description: '401' },
      { type: 'expected-error', description: 'WebSocket connection' },
    )
  await host.start()
  await page.goto(host.url)
  const sections = page.getByRole('navigation', { name: 'Sections' })
  await expect(sections).toBeVisible()
  expect(page.url()).not.toContain('ticket')
  const [cookie] = await context.cookies(`${new URL(host.url).origin}/rpc`)
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' })

  await page.reload()
  await expect(sections).toBeVisible()

  await context.clearCookies()
  await page.goto('about:blank')
  await page.goto(host.url)
  await expect(page.getByRole('alert')).toContainText('used already')
})

test('a damaged file of servers is told where the servers are missing', async ({
  page,
  host,
  expectAccessible,
}) => {
  const file = host.writeFile('data/servers.json', '{"version":')
  await host.start()
  await page.goto(host.url)
  await expect(page.getByRole('heading', { name: `${file} was damaged` })).toBeVisible()
  await expect(page.getByText(/It was kept as .*servers\.json\.corrupt-/)).toBeVisible()
  await expectAccessible()
  await page.getByRole('link', { name: 'All notices' }).click()
  await expect(page.getByRole('heading', { name: 'Notices' })).toBeInViewport()
  await expect(page.getByRole('heading', { name: `${file} was damaged` })).toBeInViewport()
  await page.getByRole('link', { name: 'Servers' }).click()
  await page.getByRole('button', { name: 'Put this notice away' }).click()
  await expect(page.getByText('was damaged')).toHaveCount(0)
  await expect(page.getByRole('heading', { name: 'No servers yet' })).toBeVisible()
})

test('without servers the page says how to get some', async ({ page, host }) => {
  await host.start()
  await page.goto(host.url)
  // A first start leads there once.
  await expect(page).toHaveURL(/#\/import$/)
  await page.getByRole('link', { name: 'Servers' }).click()
  await expect(page.getByRole('heading', { name: 'No servers yet' })).toBeVisible()
  await page.getByRole('button', { name: 'Import from my clients…' }).click()
  await expect(page).toHaveURL(/#\/import$/)
})

test('one click switches a server on and off, and the row says what is true', async ({
  page,
  host,
}) => {
  await host.start()
  await page.goto(host.url)
  await switchServer(page, host)
})

test('a failure comes first, says why and how far the start came, and goes away when it is mended', async ({
  page,
  host,
}) => {
  await host.start()
  await page.goto(host.url)
  await mendFailure(page, host)
})

test('the pane tells health, tools, log and definition, and closes with Escape', async ({
  page,
  host,
}) => {
  await host.start()
  const token = 'sk-proj-0123456789abcdefghijklmnop'
  const file = host.writeClaudeJson({ memory: { ...memory, env: { API_TOKEN: token } } })
  host.run('import', file, '--json')
  host.run('enable', 'memory')
  await page.goto(host.url)
  await rowOf(page, 'memory').click()
  const pane = page.getByRole('complementary', { name: 'memory' })
  await expect(pane.getByText(/^memory-server \d/)).toBeVisible()
  await expect(pane.getByText('Round trip')).toBeVisible()
  await expect(pane.getByText('Claude Code')).toBeVisible()

  await pane.getByRole('tab', { name: /^Tools/ }).click()
  await expect(pane.getByRole('link', { name: /read_graph/ })).toHaveAttribute(
    'href',
    /#\/tools\/srv_\w+\/tool\/read_graph$/,
  )
  await pane.getByRole('tab', { name: 'Logs' }).click()
  await expect(pane.getByText(/Started process \d+/)).toHaveCount(1)
  await pane.getByRole('button', { name: 'Stop' }).click()
  await pane.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(pane.getByText(/Started process \d+/)).toHaveCount(2)

  await pane.getByRole('tab', { name: 'Config' }).click()
  await expect(pane.getByText('API_TOKEN=secret://')).toBeVisible()
  await expect(pane.getByText('in the vault')).toBeVisible()
  expect(await page.content()).not.toContain(token)

  await page.keyboard.press('Escape')
  await expect(pane).toBeHidden()
  await expect(rowOf(page, 'memory')).toBeFocused()
})

test('a copy of a server is off and has a name of its own', async ({ page, host }) => {
  await host.start()
  host.run('import', host.writeClaudeJson({ alpha: small }), '--json')
  await page.goto(host.url)
  await rowOf(page, 'alpha').click()
  await page.keyboard.press('d')
  await expect(page.getByRole('complementary', { name: 'alpha copy' })).toBeVisible()
  await expect(rowOf(page, 'alpha copy')).toContainText('Stopped')
  await expect(rowOf(page, 'alpha copy').getByRole('switch')).not.toBeChecked()
})

test('everything works by keys alone', async ({ page, host }) => {
  await host.start()
  host.run('import', host.writeClaudeJson({ alpha: small, beta: small, gamma: small }), '--json')
  await page.goto(host.url)
  await expect(rowOf(page, 'alpha')).toBeVisible()
  await page.getByRole('button', { name: 'Memory', exact: true }).focus()
  await page.keyboard.press('Tab')
  await expect(rowOf(page, 'alpha')).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(rowOf(page, 'beta')).toBeFocused()
  await page.keyboard.press('End')
  await expect(rowOf(page, 'gamma')).toBeFocused()

  await page.keyboard.press('Space')
  await expect(rowOf(page, 'gamma')).toContainText('Running')
  await page.keyboard.press('s')
  await expect(rowOf(page, 'gamma')).toContainText('starts at next launch')
  await page.keyboard.press('s')
  await expect(rowOf(page, 'gamma')).toContainText('Running')

  await page.keyboard.press('ArrowRight')
  await expect(rowOf(page, 'gamma').getByRole('switch')).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary', { name: 'beta' })).toBeVisible()

  // The focus goes on from a row that went away.
  await page.keyboard.press('Delete')
  await expect(rowOf(page, 'beta')).toBeHidden()
  await expect(page.getByRole('complementary')).toBeHidden()
  await expect(rowOf(page, 'gamma')).toBeFocused()

  await page.keyboard.press('/')
  await page.keyboard.type('alp')
  await expect(rowOf(page, 'gamma')).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(rowOf(page, 'gamma')).toBeVisible()

  await rowOf(page, 'alpha').focus()
  await page.keyboard.press('l')
  await expect(page).toHaveURL(/#\/logs\?q=server%3Aalpha$/)
  await page.goBack()
  await rowOf(page, 'alpha').focus()
  await page.keyboard.press('e')
  await expect(page).toHaveURL(/#\/servers\/srv_\w+\/edit$/)
})

test('thirty servers can be filtered, sorted and commanded at once', async ({ page, host }) => {
  await host.start()
  const many = Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => [`server-${index + 1}`, small]),
  )
  host.run('import', host.writeClaudeJson(many), '--json')
  await page.goto(host.url)
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '31')
  const names = page.getByRole('rowheader')
  await expect(names.first()).toHaveText('server-1')
  await page.getByRole('button', { name: 'Name' }).click()
  await expect(names.first()).toHaveText('server-30')
  await expect(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute(
    'aria-sort',
    'descending',
  )

  await page.getByRole('searchbox', { name: 'Filter servers' }).fill('server-2')
  await expect(names).toHaveCount(11)
  await page.getByRole('searchbox').fill('nothing like this')
  await expect(page.getByRole('heading', { name: 'No server matches' })).toBeVisible()
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect(names).toHaveCount(30)

  await page.getByRole('button', { name: 'All servers' }).click()
  await page.getByRole('menuitem', { name: /^Start all/ }).click()
  await expect(page.getByRole('button', { name: 'Running 30' })).toBeVisible(manyProcesses)
  await page.getByRole('button', { name: 'All servers' }).click()
  await page.getByRole('menuitem', { name: /^Stop all/ }).click()
  await expect(page.getByRole('button', { name: 'Running 0' })).toBeVisible(manyProcesses)
})

test('a reload in mid-start finds the start where it is', async ({ page, host }) => {
  await host.start()
  const hangs = fixtureServer('hang-in-handshake')
  host.run('import', host.writeClaudeJson({ hangs }), '--json')
  await page.goto(host.url)
  const row = rowOf(page, 'hangs')
  await row.getByRole('switch').click()
  await expect(row).toContainText('handshake')
  await page.reload()
  await expect(row).toContainText('handshake')
  await expect(row.getByRole('switch')).toHaveAttribute('data-fact', 'pending')
  await row.getByRole('switch').click()
  await expect(row).toContainText('Stopped')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the page is accessible in ${colorScheme}, wide and narrow`, async ({
    page,
    host,
    expectAccessible,
  }) => {
    await host.start()
    await page.emulateMedia({ colorScheme })
    host.run('import', host.writeClaudeJson({ broken: missing, memory, off: small }), '--json')
    host.run('enable', 'memory')
    await page.goto(host.url)
    await rowOf(page, 'broken').getByRole('switch').click()
    await expect(page.getByRole('region', { name: 'Needs attention' })).toBeVisible()
    await expectAccessible()
    await rowOf(page, 'broken').click()
    await expect(page.getByRole('list', { name: 'Start checks' })).toBeVisible()
    await expectAccessible()
    await rowOf(page, 'memory').click()
    for (const tab of [/^Tools/, 'Logs', 'Config'] as const) {
      await page.getByRole('tab', { name: tab }).click()
      await expect(page.getByRole('tab', { name: tab })).toHaveAttribute('aria-selected', 'true')
      await expectAccessible()
    }
    await page.setViewportSize({ width: 900, height: 600 })
    await expectAccessible()
    await page.setViewportSize({ width: 640, height: 400 })
    await expectAccessible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(640)
  })
}
