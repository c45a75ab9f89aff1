import { expect, type Page } from '@playwright/test'
import { callResult, offer } from './call-tool.ts'
import { openLogs } from './chatty-server.ts'
import { expectAccessible } from './expect-accessible.ts'
import { candidate } from './first-import.ts'
import { field, fixtureServer, goTo, logRows, rowOf } from './page-parts.ts'
import type { TestHome } from './test-home.ts'

/**
 * Every page is accessible in both themes, with something on it: a failure, a form with a fault, a result, an open line.
 *
 * @param section a section that the settings must have
 */
export async function visitAllPages(page: Page, host: TestHome, section: string): Promise<void> {
  const failing = { command: 'no-such-command' }
  const crashing = fixtureServer('crash', '3')
  const file = host.writeClaudeJson({ talking: fixtureServer('ok'), failing, crashing })
  host.run('import', file, '--json')
  host.run('enable', 'talking')
  host.run('enable', 'failing', '--no-wait')
  host.run('enable', 'crashing', '--no-wait')

  await page.getByRole('link', { name: 'Servers' }).click()
  await expect(page.getByRole('region', { name: 'Needs attention' })).toBeVisible()
  await rowOf(page, 'failing').click()
  await expect(page.getByRole('list', { name: 'Start checks' })).toBeVisible()
  await expectAccessibleInBothThemes(page)

  await page.getByRole('link', { name: /^Tools/ }).click()
  await page.getByRole('searchbox').fill('echo')
  await offer(page, 'echo').first().click()
  await page.getByRole('button', { name: /^Run/ }).click()
  await expect(callResult(page)).toContainText('Done')
  await expectAccessibleInBothThemes(page)

  await openLogs(page, 'server:talking ')
  // Rows move while the search takes effect, and a press that ends on another row than it began on is no click.
  const collapse = page.getByRole('button', { name: 'Collapse' })
  await expect(async () => {
    if (!(await collapse.isVisible())) {
      await logRows(page).filter({ hasText: 'tools/call echo' }).first().click()
    }
    await expect(collapse).toBeVisible({ timeout: 2_000 })
  }).toPass()
  await expectAccessibleInBothThemes(page)

  await page.getByRole('link', { name: 'Activity' }).click()
  await page
    .getByRole('button', { name: /^Details of: Restart/ })
    .first()
    .click()
  await expect(page.getByText('What to do').first()).toBeVisible()
  await expectAccessibleInBothThemes(page)

  await goTo(page, '#/processes')
  await page.getByRole('row', { name: /talking.*Runs here/ }).click()
  await expect(page.getByText('Why it is listed')).toBeVisible()
  await expectAccessibleInBothThemes(page)

  await page.getByRole('link', { name: 'Secrets' }).click()
  await expect(page.getByRole('heading', { name: 'No secrets yet' })).toBeVisible()
  await expectAccessibleInBothThemes(page)

  await goTo(page, '#/import')
  await expect(candidate(page, 'talking')).toContainText('imported already')
  await expectAccessibleInBothThemes(page)

  await goTo(page, '#/servers/new')
  await field(page, 'Command').fill('no-such-command')
  await field(page, 'Name of variable 1').fill('A B')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Give it a name.')).toBeVisible()
  await expect(page.getByRole('heading', { name: /no-such-command/ })).toBeVisible()
  await expectAccessibleInBothThemes(page)

  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Leave' }).click()
  await expect(page.getByRole('heading', { level: 2, name: section })).toBeVisible()
  await expectAccessibleInBothThemes(page)
}

/** The page as it stands is accessible in the light theme and in the dark one. */
export async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  const backgrounds = new Set<string>()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    backgrounds.add(await page.evaluate(() => getComputedStyle(document.body).backgroundColor))
    await expectAccessible(page)
  }
  expect(backgrounds.size).toBe(2)
}
