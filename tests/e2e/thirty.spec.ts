import { addThirtyServers } from '../screenshots/scenes.ts'
import { expect, test } from './test.ts'

test('thirty servers are listed, filtered, switched and found again after a restart; none is lost', async ({
  page,
  host,
}) => {
  test.setTimeout(120_000)
  for (const description of ['WebSocket connection', 'Failed to load resource']) {
    test.info().annotations.push({ type: 'expected-error', description })
  }
  await host.choosePort()
  await host.start()
  const props = await addThirtyServers(host)
  try {
    await page.goto(host.url)
    const grid = page.getByRole('grid')
    const status = page.getByRole('contentinfo', { name: 'Status' })
    const attention = page.getByRole('region', { name: 'Needs attention' })
    const rowOf = (name: string) =>
      page
        .getByRole('row')
        .filter({ has: page.getByRole('switch', { name, exact: true, includeHidden: true }) })
    await expect(grid).toHaveAttribute('aria-rowcount', '31')
    await expect(status).toContainText('25 running')
    await expect(page.getByRole('link', { name: 'Servers' })).toContainText('30')
    await expect(rowOf('slack')).toContainText('Stopped')
    await expect(attention).toContainText('uvx was not found')
    await expect(rowOf('sentry')).toContainText('Sign-in needed')

    // The order is by name and stays so while states change.
    const names = page.getByRole('rowheader')
    const order = await names.allTextContents()
    expect(order).toEqual(order.toSorted((a, b) => a.localeCompare(b)))
    await page.getByRole('button', { name: /^Running 25/ }).click()
    await expect(grid).toHaveAttribute('aria-rowcount', '26')
    await page.getByRole('button', { name: /^Attention/ }).click()
    await expect(rowOf('fetch')).toBeVisible()
    await expect(rowOf('time')).toBeHidden()
    await page.getByRole('button', { name: /^All/ }).first().click()
    await page.getByRole('searchbox', { name: 'Filter servers' }).fill('GRAF')
    await expect(names).toHaveText(['grafana'])
    await page.keyboard.press('Escape')
    await expect(grid).toHaveAttribute('aria-rowcount', '31')

    await rowOf('airtable').getByRole('switch').click()
    await rowOf('slack').getByRole('switch').click()
    await expect(rowOf('airtable')).toContainText('Stopped')
    await expect(rowOf('slack')).toContainText('Running')
    await expect(status).toContainText('25 running')

    // Tools and logs of all of them.
    await page.getByRole('link', { name: /^Tools/ }).click()
    await page.getByRole('searchbox').fill('sequentialthinking')
    await expect(page.getByRole('option', { name: /^sequentialthinking/ })).toHaveCount(1)
    await page.getByRole('link', { name: 'Logs' }).click()
    await expect(page.getByRole('treegrid', { name: 'Log lines' })).toContainText('slack')

    await page.getByRole('link', { name: 'Servers' }).click()
    await host.kill()
    await expect(page.getByRole('alert').filter({ hasText: 'lost' })).toBeVisible()
    await expect(grid).toHaveAttribute('aria-rowcount', '31')
    await host.start()
    await expect(page.getByText('Connected again')).toBeVisible()
    await expect(status).toContainText('25 running', { timeout: 60_000 })
    await expect(grid).toHaveAttribute('aria-rowcount', '31')
    await expect(rowOf('airtable').getByRole('switch')).not.toBeChecked()
    await expect(rowOf('slack').getByRole('switch')).toBeChecked()
    expect(await names.allTextContents()).toEqual(order)
  } finally {
    props.close()
  }
})
