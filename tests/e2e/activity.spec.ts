import { fixtureServer, rowOf } from '../journeys/page-parts.ts'
import { expect, test } from './test.ts'

test('what is done by itself stands on its page, with its reason, its facts and its log, until it is cleared', async ({
  page,
  host,
}) => {
  await host.start()
  host.run('import', host.writeClaudeJson({ crashing: fixtureServer('crash', '3') }), '--json')
  await page.goto(host.url)
  await page.getByRole('link', { name: /^Servers/ }).click()
  await expect(rowOf(page, 'crashing')).toBeVisible()
  await page.getByRole('link', { name: 'Activity' }).click()
  await expect(page.getByText('Nothing was done by itself yet')).toBeVisible()

  // It comes by itself.
  host.run('enable', 'crashing', '--no-wait', '--json')
  const line = page.getByRole('listitem').filter({ hasText: /Restart\. The process/ })
  await expect(line).toContainText('Restart. The process ended with code 3. It is tried again')
  await expect(page.getByRole('heading', { level: 2, name: 'Today' })).toBeVisible()
  host.run('disable', 'crashing')

  // Its facts.
  await line.getByRole('button', { name: /^Details of: Restart/ }).click()
  await expect(line).toContainText('set FIXTURE_KEY and try again')

  // Of another kind there is nothing.
  await page.getByRole('combobox', { name: 'Kind' }).click()
  await page.getByRole('option', { name: 'Leftovers' }).click()
  await expect(page.getByText('No entry fits the filter')).toBeVisible()
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect(line).toBeVisible()

  // The pane of the server has it too, and leads back to all of that server.
  await line.getByRole('link', { name: 'crashing' }).click()
  const pane = page.getByRole('complementary', { name: 'crashing' })
  await expect(pane).toContainText('It is tried again')
  await pane.getByRole('link', { name: 'All of it' }).click()
  await expect(page.getByRole('combobox', { name: 'Server' })).toHaveText('crashing')

  // The log of that moment.
  await line.getByRole('button', { name: /^Log of crashing/ }).click()
  await expect(page.getByRole('treegrid', { name: 'Log lines' })).toContainText('ended with code 3')

  await page.goBack()
  await page.getByRole('button', { name: 'Clear' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Clear' }).click()
  await expect(page.getByText('Nothing was done by itself yet')).toBeVisible()
})
