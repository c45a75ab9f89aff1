import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { freePort } from '../fixtures/open-http.ts'
import type { HeadlessHost } from './headless-host.ts'
import { expect, test } from './test.ts'

const fixture = join(import.meta.dirname, '../fixtures/servers/fixture-server.mjs')
const small = { command: process.execPath, args: [fixture, 'ok'] }

async function openSettings(page: Page, host: HeadlessHost): Promise<void> {
  await page.goto(host.url)
  await page.getByRole('link', { name: 'Settings' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
}

/** The browser itself reports that the host is gone. */
function expectRestart(): void {
  for (const description of ['WebSocket connection', 'Failed to load resource']) {
    test.info().annotations.push({ type: 'expected-error', description })
  }
}

test('the theme changes at once in every page, both ways', async ({ page, context, host }) => {
  await host.start()
  await page.emulateMedia({ colorScheme: 'light' })
  await openSettings(page, host)
  const other = await context.newPage()
  await other.emulateMedia({ colorScheme: 'light' })
  await other.goto(`${new URL(host.url).origin}/#/settings`)
  const background = (one: Page) =>
    one.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await expect(other.getByRole('group', { name: 'Theme' })).toBeVisible()
  const light = await background(other)

  await page.getByRole('group', { name: 'Theme' }).getByRole('button', { name: 'Dark' }).click()
  for (const one of [page, other]) {
    await expect(one.getByRole('button', { name: 'Dark' })).toHaveAttribute('aria-pressed', 'true')
    await expect.poll(() => background(one)).not.toBe(light)
  }
  await other.getByRole('button', { name: 'System' }).click()
  for (const one of [page, other]) {
    await expect(one.getByRole('button', { name: 'System' })).toHaveAttribute(
      'aria-pressed',
      'true',
    )
    await expect.poll(() => background(one)).toBe(light)
  }
})

test('a chosen theme is there from the first frame on', async ({ page, host }) => {
  await host.start()
  await page.emulateMedia({ colorScheme: 'light' })
  await openSettings(page, host)
  await page.getByRole('group', { name: 'Theme' }).getByRole('button', { name: 'Dark' }).click()
  const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)
  await expect.poll(scheme).toBe('dark')

  // Every change of the theme from here on, and the page's own program held back until the page was looked at.
  await page.addInitScript(() => {
    const seen: (string | null)[] = []
    Object.assign(window, { themesSeen: seen })
    const take = () => seen.push(document.documentElement.getAttribute('data-theme'))
    new MutationObserver(take).observe(document, { attributeFilter: ['data-theme'], subtree: true })
  })
  const go = Promise.withResolvers<void>()
  await page.route('**/assets/*.js', async (route) => {
    await go.promise
    await route.continue()
  })
  await page.reload({ waitUntil: 'commit' })
  await expect.poll(scheme).toBe('dark')
  await expect(page.locator('#root')).toBeEmpty()
  go.resolve()
  await expect(page.getByRole('button', { name: 'Dark' })).toHaveAttribute('aria-pressed', 'true')
  const seen = () =>
    page.evaluate(() => String(Object.getOwnPropertyDescriptor(window, 'themesSeen')?.value))
  expect(await seen()).toMatch(/^dark(,dark)*$/)

  // The choice of the system's again is kept as well.
  await page.getByRole('button', { name: 'System' }).click()
  await expect.poll(scheme).toBe('light dark')
  await page.reload()
  await expect(page.getByRole('button', { name: 'System' })).toHaveAttribute('aria-pressed', 'true')
  expect(await seen()).toBe('')
})

test('what is set for the start, the port and the logs is kept and obeyed', async ({
  page,
  host,
}) => {
  expectRestart()
  await host.start()
  host.run('import', host.writeClaudeJson({ alpha: small }), '--json')
  host.run('enable', 'alpha')
  await openSettings(page, host)
  const startServers = page.getByRole('switch', { name: 'Start servers with MCP Manager' })
  await expect(startServers).toBeChecked()
  await startServers.press('Space')
  await expect(startServers).not.toBeChecked()

  const keepDays = page.getByRole('textbox', { name: 'Keep lines for' })
  await keepDays.fill('400')
  await keepDays.press('Enter')
  await expect(keepDays).toHaveAttribute('aria-invalid', 'true')
  await expect(keepDays).toHaveAccessibleDescription(/A whole number from 1 to 365\./)
  await expect(keepDays).toHaveValue('400')
  await keepDays.fill('30')
  await expect(keepDays).not.toHaveAttribute('aria-invalid', 'true')
  await keepDays.press('Enter')

  const port = page.getByRole('textbox', { name: 'Port' })
  await port.fill('80')
  await port.press('Tab')
  await expect(page.getByText('A whole number from 1024 to 65535.')).toBeVisible()
  const wanted = await freePort()
  await port.fill(String(wanted))
  await port.press('Enter')
  await expect(page.getByText('A whole number')).toBeHidden()
  await expect
    .poll(async () => {
      await page.reload()
      return await port.inputValue()
    })
    .toBe(String(wanted))
  await expect(keepDays).toHaveValue('30')

  await host.kill()
  await host.start()
  expect(new URL(host.url).port).toBe(String(wanted))
  await openSettings(page, host)
  await expect(startServers).not.toBeChecked()
  await expect(keepDays).toHaveValue('30')
  await expect(page.getByText(`127.0.0.1:${wanted}`, { exact: true }).first()).toBeVisible()
  await page.getByRole('link', { name: 'Servers' }).click()
  await expect(page.getByRole('row', { name: /alpha/ })).toContainText('Stopped')
})

test('a locked vault is opened with its passphrase, and with no other', async ({
  page,
  host,
  expectAccessible,
}) => {
  const passphrase = host.vaultKey ?? ''
  await host.start()
  // Made up here, so that no scanner of secrets takes it for a leak.
  const token = ['sk-proj-', '0123456789abcdefghijklmnop'].join('')
  const file = host.writeClaudeJson({ alpha: { ...small, env: { API_TOKEN: token } } })
  host.run('import', file, '--json')
  await host.kill()
  host.vaultKey = null
  await host.start()
  await openSettings(page, host)
  const status = page.getByRole('contentinfo', { name: 'Status' })
  await expect(status).toContainText('Vault locked')
  await expectAccessible()
  await page.getByRole('button', { name: 'Unlock…' }).click()
  const field = page.getByLabel('Passphrase')
  const unlock = page.getByRole('button', { name: 'Unlock', exact: true })
  await expect(unlock).toBeDisabled()
  await field.fill('not the passphrase of it')
  await field.press('Enter')
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expect(field).toHaveValue('not the passphrase of it')
  await expectAccessible()
  await field.fill(passphrase)
  await field.press('Enter')
  await expect(page.getByText('The vault is unlocked')).toBeVisible()
  await expect(status).toContainText('Vault unlocked')
  await expect(field).toBeHidden()
})

test('a server that the vault holds opens it in place, and starts by itself', async ({
  page,
  host,
  expectAccessible,
}) => {
  const passphrase = host.vaultKey ?? ''
  await host.start()
  const token = ['sk-proj-', '0123456789abcdefghijklmnop'].join('')
  host.run(
    'import',
    host.writeClaudeJson({ alpha: { ...small, env: { API_TOKEN: token } } }),
    '--json',
  )
  host.run('enable', 'alpha')
  await host.kill()
  host.vaultKey = null
  await host.start()
  await page.goto(host.url)
  const strip = page.getByRole('region', { name: 'Needs attention' })
  await expect(strip).toContainText('Its passphrase has not been given yet.')
  await expect(page.getByRole('row', { name: /alpha/ })).toContainText('Vault needed')
  await expect(page.getByRole('contentinfo')).toContainText('1 needs the vault')
  const open = strip.getByRole('button', { name: 'Unlock vault…' })
  await open.click()
  const dialog = page.getByRole('dialog', { name: 'Unlock the vault' })
  await expect(dialog.getByLabel('Passphrase')).toBeFocused()
  await expectAccessible()
  await page.keyboard.press('Escape')
  await expect(open).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog.getByLabel('Passphrase')).toBeFocused()
  await page.keyboard.type('not the passphrase of it')
  await page.keyboard.press('Enter')
  await expect(dialog.getByText('This passphrase or key is wrong.')).toBeVisible()
  await dialog.getByLabel('Passphrase').fill(passphrase)
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('row', { name: /alpha/ })).toContainText('Running')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`settings are found by search, versions are copied, all of it accessible in ${colorScheme}`, async ({
    page,
    context,
    host,
    expectAccessible,
  }) => {
    await host.start()
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await openSettings(page, host)
    await expect(page).toHaveTitle('Settings – MCP Manager')
    await page.setViewportSize({ width: 900, height: 600 })
    await expectAccessible()
    await page.getByRole('button', { name: 'Copy versions' }).click()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
      /^MCP Manager: \d+\.\d+\.\d+\n[\s\S]*\nNode\.js: v?24/,
    )
    await page.keyboard.press('/')
    await page.keyboard.type('passphrase')
    await expect(page.getByRole('heading', { level: 2 })).toHaveText(['Secrets'])
    await page.keyboard.press('Control+A')
    await page.keyboard.type('nothing like it')
    await expect(page.getByText('No setting matches “nothing like it”.')).toBeVisible()
    await expectAccessible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('heading', { level: 2, name: 'Appearance' })).toBeVisible()
    await page.setViewportSize({ width: 640, height: 400 })
    await expectAccessible()
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBe(0)
  })
}

test('automatic actions are switched off one by one, and a stop that may not kill waits for a person', async ({
  page,
  host,
}) => {
  const stubborn = { command: process.execPath, args: [fixture, 'ignore-everything'] }
  await host.start()
  host.run('import', host.writeClaudeJson({ stubborn }), '--json')
  host.run('edit', 'stubborn', '--stop-grace', '0,0.1')
  host.run('enable', 'stubborn')
  await openSettings(page, host)
  const kill = page.getByRole('switch', { name: 'Kill what does not end' })
  await expect(kill).toBeChecked()
  await kill.click()
  await expect(kill).not.toBeChecked()
  await page.getByRole('link', { name: 'Servers' }).click()
  const row = page.getByRole('row').filter({ hasText: 'stubborn' })
  await page.getByRole('switch', { name: 'stubborn' }).click()
  await expect(row.first()).toContainText('does not end')
  await page
    .getByRole('button', { name: /Kill now/ })
    .first()
    .click()
  await expect(row.first()).toContainText('Stopped')
  expect(host.run('actions')).toContain('stubborn: Not killed.')
})

test('the passphrase of the vault file is changed, and a wrong one is said', async ({
  page,
  host,
}) => {
  await host.start()
  host.run(
    'import',
    host.writeClaudeJson({ one: { ...small, env: { TOKEN: 'ghp_0123456789abcdefghij' } } }),
  )
  await openSettings(page, host)
  await page.getByRole('button', { name: 'Change passphrase…' }).click()
  const dialog = page.getByRole('dialog')
  const change = async (current: string, next: string, repeated: string) => {
    await dialog.getByLabel('Current passphrase').fill(current)
    await dialog.getByLabel('New passphrase').fill(next)
    await dialog.getByLabel('Repeat it').fill(repeated)
    await dialog.getByRole('button', { name: 'Change passphrase' }).click()
  }
  await change('wrong', 'a longer passphrase', 'another passphrase')
  await expect(dialog.getByText('The two are not the same.')).toBeVisible()
  await change('wrong', 'a longer passphrase', 'a longer passphrase')
  await expect(dialog.getByText('The current passphrase is wrong.')).toBeVisible()
  await change('a key for tests of 16 and more', 'a longer passphrase', 'a longer passphrase')
  await expect(page.getByText('The vault file has the new passphrase')).toBeVisible()
  expect(host.run('secrets', 'show', 'one.token')).toBe('ghp_0123456789abcdefghij\n')
})
