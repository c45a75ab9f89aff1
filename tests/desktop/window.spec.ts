import { rowOf } from '../journeys/page-parts.ts'
import { expect, test } from './manager.ts'

test('the window opens with the servers, and a switch there starts the process', async ({
  manager,
}) => {
  manager.addServer('alpha')
  manager.addServer('beta')
  const app = await manager.start()
  const page = await app.window()
  await expect(rowOf(page, 'alpha')).toContainText('Stopped')
  await expect(rowOf(page, 'beta')).toContainText('Stopped')

  await page.getByRole('switch', { name: 'alpha', exact: true }).click()
  await expect(rowOf(page, 'alpha')).toContainText('Running')
  expect(manager.serverProcesses()).toHaveLength(1)

  expect(await app.quit()).toBe(0)
  expect(manager.serverProcesses()).toEqual([])
})

test('the switch of the tray changes the page and the process, and the page the tray', async ({
  manager,
}) => {
  manager.addServer('alpha')
  const app = await manager.start()
  const page = await app.window()
  await expect(rowOf(page, 'alpha')).toContainText('Stopped')

  await app.clickTray('alpha: stopped')
  await expect(rowOf(page, 'alpha')).toContainText('Running')
  expect(manager.serverProcesses()).toHaveLength(1)
  expect(await app.trayItems()).toContainEqual(
    expect.objectContaining({ label: 'alpha: running', type: 'checkbox', checked: true }),
  )

  await page.getByRole('switch', { name: 'alpha', exact: true }).click()
  await expect
    .poll(() => app.trayItems())
    .toContainEqual(expect.objectContaining({ label: 'alpha: stopped', checked: false }))
  expect(manager.serverProcesses()).toEqual([])
})

test('a secret is copied by the program, past the page', async ({ manager }) => {
  manager.addServer('alpha')
  const app = await manager.start()
  const page = await app.window()
  await page.getByRole('link', { name: 'Secrets' }).click()
  await page.getByRole('button', { name: 'Add secret…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('a.token')
  await dialog.getByLabel('Value', { exact: true }).fill('copied by the program')
  await dialog.getByRole('button', { name: 'Store' }).click()
  const pane = page.getByRole('complementary', { name: 'a.token' })
  await pane.getByRole('button', { name: 'Copy', exact: true }).click()
  await expect(page.getByText('Copied. The clipboard is cleared in 30 s.')).toBeVisible()
  const copied = await app.evaluate(async ({ clipboard }) => await clipboard.readText(), null)
  expect(copied).toBe('copied by the program')
  expect(await app.quit()).toBe(0)
})
