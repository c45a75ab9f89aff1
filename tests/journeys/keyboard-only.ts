import { expect, type Page } from '@playwright/test'
import { fixtureServer, rowOf, tabTo } from './page-parts.ts'
import type { TestHome } from './test-home.ts'

const good = fixtureServer('ok')

/** What a client has before the first start of `keyboardOnly`: a server that works, and one with a wrong command. */
export function writeGoodAndWrong(host: TestHome): void {
  host.writeClaudeJson({ good, wrong: { ...good, command: 'no-such-command' } })
}

/** After `writeGoodAndWrong`: from the first start to a mended server, its log and its tools, without a mouse. */
export async function keyboardOnly(page: Page): Promise<void> {
  const keys = page.keyboard

  // The first start finds what there is.
  await expect(page.getByRole('heading', { level: 1, name: 'Import servers' })).toBeVisible()
  await tabTo(page, page.getByRole('button', { name: 'Import 2 servers' }))
  await keys.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Servers' })).toBeVisible()

  // Both are switched on; one fails and says why.
  await tabTo(page, rowOf(page, 'good'))
  await keys.press('Space')
  await expect(rowOf(page, 'good')).toContainText('Running')
  await keys.press('ArrowDown')
  await expect(rowOf(page, 'wrong')).toBeFocused()
  await keys.press('Space')
  await expect(rowOf(page, 'wrong')).toContainText('Failed')
  await keys.press('Enter')
  const pane = page.getByRole('complementary', { name: 'wrong' })
  await expect(
    pane.getByRole('heading', { name: 'The command no-such-command was not found' }),
  ).toBeVisible()

  // It is mended in the form.
  await keys.press('e')
  await expect(page.getByRole('heading', { level: 1, name: 'Edit wrong' })).toBeVisible()
  await tabTo(page, page.getByRole('textbox', { name: 'Command', exact: true }))
  await keys.press('Control+A')
  await keys.type(process.execPath)
  await keys.press('Control+Enter')
  await expect(page.getByText('wrong is saved.')).toBeVisible()
  await expect(rowOf(page, 'wrong')).toContainText('Running')
  await expect(page.getByRole('region', { name: 'Needs attention' })).toBeHidden()

  // Its log.
  await tabTo(page, rowOf(page, 'wrong'))
  await keys.press('l')
  const lines = page.getByRole('treegrid', { name: 'Log lines' })
  await expect(lines).toContainText('Started process')
  await tabTo(page, lines)

  // One of its tools, found in the palette.
  await keys.press('Control+k')
  await keys.type('#echo wrong')
  await expect(page.getByRole('option', { selected: true })).toContainText('echo wrong')
  await keys.press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: 'echo' })).toBeVisible()
  await keys.press('Control+Enter')
  await expect(page.getByRole('region', { name: 'Result', exact: true })).toBeVisible()

  // It is removed, and brought back.
  await keys.press('g')
  await keys.press('s')
  await tabTo(page, rowOf(page, 'wrong'))
  await keys.press('Delete')
  await expect(rowOf(page, 'wrong')).toBeHidden()
  // F6 leads to the messages.
  await keys.press('F6')
  await tabTo(page, page.getByRole('button', { name: 'Undo' }))
  await keys.press('Enter')
  await expect(rowOf(page, 'wrong')).toContainText('Running')
}
