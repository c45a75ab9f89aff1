import { expect, type Page } from '@playwright/test'
import { rowOf } from './page-parts.ts'

/** The thirty servers of `addThirtyServers` are listed, filtered and switched; their tools and logs are there. */
export async function useThirtyServers(page: Page): Promise<void> {
  const grid = page.getByRole('grid')
  const status = page.getByRole('contentinfo', { name: 'Status' })
  const attention = page.getByRole('region', { name: 'Needs attention' })
  // A page that was open before there were servers shows the import.
  await page.getByRole('link', { name: 'Servers' }).click()
  await expect(grid).toHaveAttribute('aria-rowcount', '31')
  await expect(status).toContainText('25 running', startOfAll)
  await expect(page.getByRole('link', { name: 'Servers' })).toContainText('30')
  await expect(rowOf(page, 'slack')).toContainText('Stopped')
  await expect(attention).toContainText('uvx was not found')
  await expect(rowOf(page, 'sentry')).toContainText('Sign-in needed')

  // The order is by name and stays so while states change.
  const names = page.getByRole('rowheader')
  await expectSorted(page)
  await page.getByRole('button', { name: /^Running 25/ }).click()
  await expect(grid).toHaveAttribute('aria-rowcount', '26')
  await page.getByRole('button', { name: /^Attention/ }).click()
  await expect(rowOf(page, 'fetch')).toBeVisible()
  await expect(rowOf(page, 'time')).toBeHidden()
  await page.getByRole('button', { name: /^All/ }).first().click()
  await page.getByRole('searchbox', { name: 'Filter servers' }).fill('GRAF')
  await expect(names).toHaveText(['grafana'])
  await page.keyboard.press('Escape')
  await expect(grid).toHaveAttribute('aria-rowcount', '31')

  await rowOf(page, 'airtable').getByRole('switch').click()
  await rowOf(page, 'slack').getByRole('switch').click()
  await expect(rowOf(page, 'airtable')).toContainText('Stopped')
  await expect(rowOf(page, 'slack')).toContainText('Running')
  await expect(status).toContainText('25 running')

  // Tools and logs of all of them.
  await page.getByRole('link', { name: /^Tools/ }).click()
  await page.getByRole('searchbox').fill('sequentialthinking')
  await expect(page.getByRole('option', { name: /^sequentialthinking/ })).toHaveCount(1)
  await page.getByRole('link', { name: 'Logs' }).click()
  await expect(page.getByRole('treegrid', { name: 'Log lines' })).toContainText('slack')
  await page.getByRole('link', { name: 'Servers' }).click()
}

/** After `useThirtyServers` and a restart of the host: all are there, and those that were on run again. */
export async function findThirtyServersAgain(page: Page): Promise<void> {
  const grid = page.getByRole('grid')
  const status = page.getByRole('contentinfo', { name: 'Status' })
  await expect(status).toContainText('25 running', startOfAll)
  await expect(grid).toHaveAttribute('aria-rowcount', '31')
  await expect(rowOf(page, 'airtable').getByRole('switch')).not.toBeChecked()
  await expect(rowOf(page, 'slack').getByRole('switch')).toBeChecked()
  await expectSorted(page)
}

/** Thirty processes take longer than one. */
const startOfAll = { timeout: 60_000 }

async function expectSorted(page: Page): Promise<void> {
  const order = await page.getByRole('rowheader').allTextContents()
  expect(order).toEqual(order.toSorted((a, b) => a.localeCompare(b)))
}
