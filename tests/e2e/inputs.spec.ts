import type { Page } from '@playwright/test'
import { callResult, offer } from '../journeys/call-tool.ts'
import { candidate } from '../journeys/first-import.ts'
import { fixtureServer, goTo, rowOf } from '../journeys/page-parts.ts'
import { expect, test } from './test.ts'

const token = 'a-token-that-only-this-test-knows'

/** What the environment of a server says, by its own tool. */
async function environmentOf(page: Page, server: string) {
  await goTo(page, '#/tools')
  await page.getByRole('searchbox').fill('where')
  await offer(page, 'where').filter({ hasText: server }).first().click()
  await page.getByRole('button', { name: /^Run/ }).click()
  await expect(callResult(page)).toContainText('Done')
  return callResult(page)
}

test('what VS Code would ask for is asked once for all servers of its file, and not again', async ({
  page,
  host,
  expectAccessible,
}) => {
  // The browser itself reports what it cannot reach while the host is down.
  for (const description of ['WebSocket connection', 'Failed to load resource']) {
    test.info().annotations.push({ type: 'expected-error', description })
  }
  const env = { API_TOKEN: `\${input:token}`, REGION: `\${input:region}` }
  const entry = { ...fixtureServer('ok'), env }
  host.writeFile(
    '.config/Code/User/mcp.json',
    JSON.stringify({
      inputs: [
        { id: 'token', type: 'promptString', description: 'API token of Acme', password: true },
        { id: 'region', type: 'pickString', description: 'Region', options: ['europe', 'asia'] },
      ],
      servers: { acme: entry, twin: entry },
    }),
  )
  await host.choosePort()
  await host.start()
  await page.goto(host.url)
  await expect(candidate(page, 'acme')).toContainText('token')
  await page.getByRole('button', { name: 'Import 2 servers' }).click()
  await expect(rowOf(page, 'acme')).toBeVisible()

  await rowOf(page, 'twin').getByRole('switch').click()
  await rowOf(page, 'acme').getByRole('switch').click()
  const strip = page.getByRole('region', { name: 'Needs attention' })
  await expect(strip).toContainText('Value needed. It asks for a value: token, region')
  await page.getByRole('button', { name: 'Give value…, acme' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'acme asks for a value' })
  await expect(dialog).toContainText('also for twin')
  await dialog.getByRole('textbox', { name: 'token' }).fill(token)
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText('Give it a value.')
  await expectAccessible()
  await dialog.getByRole('combobox', { name: 'region' }).click()
  await page.getByRole('option', { name: 'asia' }).click()
  await dialog.getByRole('button', { name: 'Store and start' }).click()
  await expect(dialog).toBeHidden()
  for (const name of ['acme', 'twin']) await expect(rowOf(page, name)).toContainText('Running')

  // The value arrived, since it is what is taken out of the answer; what was chosen is no secret.
  const before = await environmentOf(page, 'twin')
  await expect(before).toContainText(/API_TOKEN[^,]*\[secret input\./)
  await expect(before).toContainText(/REGION[^,]*asia/)
  expect(await page.content()).not.toContain(token)

  await host.kill()
  await host.start()
  await expect(page.getByText('Connected again')).toBeVisible()
  await goTo(page, '#/servers')
  for (const name of ['acme', 'twin']) await expect(rowOf(page, name)).toContainText('Running')
  await expect(strip).toBeHidden()
  await goTo(page, '#/secrets')
  await expect(page.getByRole('button', { name: /“token” of acme, twin/ })).toBeVisible()
})
