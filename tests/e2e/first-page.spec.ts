import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { HeadlessHost } from './headless-host.ts'

const memoryServer = join(
  import.meta.dirname,
  '../../node_modules/@modelcontextprotocol/server-memory/dist/index.js',
)

let host: HeadlessHost
let violations: string[]

test.beforeEach(async ({ page }) => {
  violations = []
  page.on('console', (message) => {
    if (message.type() === 'error') violations.push(message.text())
  })
  page.on('pageerror', (error) => violations.push(error.message))
  host = new HeadlessHost()
  await host.start()
})
test.afterEach(async () => {
  await host.stop()
})

test('the link opens the page once, and the ticket leaves the address', async ({
  page,
  context,
}) => {
  await page.goto(host.url)
  await expect(page.getByRole('heading', { name: 'MCP Manager is running' })).toBeVisible()
  expect(page.url()).not.toContain('ticket')
  const [cookie] = await context.cookies(`${new URL(host.url).origin}/rpc`)
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' })

  await page.reload()
  await expect(page.getByRole('heading', { name: 'MCP Manager is running' })).toBeVisible()
  expect(violations).toEqual([])

  await context.clearCookies()
  await page.goto('about:blank')
  await page.goto(host.url)
  await expect(page.getByRole('alert')).toContainText('used already')
})

test('a server that is switched on from a terminal is seen to run, without a reload', async ({
  page,
}) => {
  await page.goto(host.url)
  await expect(page.getByText('None yet.')).toBeVisible()
  const file = host.writeClaudeJson({ memory: { command: process.execPath, args: [memoryServer] } })
  host.run('import', file, '--json')
  const row = page.getByRole('row', { name: /memory/ })
  await expect(row).toContainText('Off')
  host.run('enable', 'memory')
  await expect(row).toContainText('Running')
  await expect(row).toContainText('9')
  host.run('stop', 'memory')
  await expect(row).toContainText('Stopped by you, starts at next launch')
  expect(violations).toEqual([])
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the page is accessible in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    const file = host.writeClaudeJson({
      memory: { command: process.execPath, args: [memoryServer] },
    })
    host.run('import', file, '--json')
    await page.goto(host.url)
    await expect(page.getByRole('row', { name: /memory/ })).toBeVisible()
    const { violations: found } = await new AxeBuilder({ page }).analyze()
    expect(found).toEqual([])
    expect(violations).toEqual([])
  })
}
