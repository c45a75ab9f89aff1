import { fixtureServer, rowOf } from '../journeys/page-parts.ts'
import { expect, test } from './test.ts'

test('CPU and memory stand in the list, in the status bar and over time in the pane, by keyboard too', async ({
  page,
  host,
}) => {
  await host.start()
  host.run(
    'import',
    host.writeClaudeJson({ one: fixtureServer('ok'), off: fixtureServer('ok') }),
    '--json',
  )
  host.run('enable', 'one')
  await page.goto(host.url)
  await page.getByRole('link', { name: /^Servers/ }).click()
  await expect(rowOf(page, 'one')).toContainText(/\d+\.\d %\s*\d+ MB/)
  await expect(rowOf(page, 'off')).toContainText('––')
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText(/CPU .+ % · \d+ MB/)

  await page.getByRole('columnheader', { name: 'Memory' }).getByRole('button').click()
  await expect(page.getByRole('row').nth(1)).toContainText('one')
  await page.getByRole('columnheader', { name: 'Memory' }).getByRole('button').click()
  await expect(page.getByRole('row').nth(1)).toContainText('off')

  await rowOf(page, 'one').click()
  const chart = page.getByRole('slider', { name: 'Memory' })
  await expect(chart).toHaveAttribute('aria-valuetext', /^\d+ MB now$/)
  await chart.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(chart).toHaveAttribute('aria-valuetext', /^\d+ MB at \d\d:\d\d:\d0$/)
  await page.keyboard.press('Escape')
  await expect(chart).toHaveAttribute('aria-valuetext', /now$/)
  // The pane is still there: the key was the chart's.
  await expect(page.getByRole('complementary', { name: 'one' })).toBeVisible()

  // A stopped server takes nothing; what it took is still to be seen.
  host.run('disable', 'one')
  await expect(rowOf(page, 'one')).toContainText('––')
  await expect(chart).toBeVisible()
})
