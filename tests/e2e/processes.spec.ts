import path from 'node:path'
import type { Page } from '@playwright/test'
import { isAlive } from '../../src/core/processes/process-table.ts'
import { FakeClient } from '../fixtures/fake-client.ts'
import { fixtureServers, goTo, rowOf } from '../journeys/page-parts.ts'
import type { HeadlessHost } from './headless-host.ts'
import { expect, test } from './test.ts'

// Everything here names its processes by their numbers: others on this machine are none of the test.

/** A package of npm that outlives its client, and the words that start it. */
function addPackage(host: HeadlessHost, name: string): string[] {
  const fixture = JSON.stringify(path.join(fixtureServers, 'fixture-server.mjs'))
  const text = `process.argv.splice(2, 0, 'ignore-stdin-end')\nawait import(${fixture})\n`
  return [process.execPath, host.writeFile(`lib/node_modules/${name}/index.mjs`, text)]
}

function processRow(page: Page, pid: number | undefined) {
  return page.locator(`[data-process="${pid}"]`)
}

test('an orphan is listed with what it is, and ends after it was shown exactly', async ({
  page,
  host,
  expectAccessible,
}) => {
  const words = addPackage(host, '@ada/files')
  host.writeClaudeJson({ files: { command: 'npx', args: ['-y', '@ada/files'] } })
  const client = await FakeClient.start([words, words, words])
  try {
    await host.start()
    await page.goto(host.url)
    await page.getByRole('link', { name: 'Processes' }).click()
    const [first, second, third] = client.servers
    await expect(processRow(page, first)).toContainText('Older copy')
    await expect(processRow(page, third)).toContainText('In use')
    await expect(processRow(page, third)).toContainText('Claude Code')
    await expect(processRow(page, third)).toContainText('configured')

    await client.crash()
    await expect(processRow(page, second)).toContainText('Orphan', { timeout: 15_000 })
    await processRow(page, second).focus()
    await page.keyboard.press('Enter')
    const pane = page.getByRole('complementary', { name: 'files' })
    await expect(pane).toContainText('Its command matches files in ~/.claude.json.')
    await expectAccessible()
    await pane.getByRole('button', { name: 'End…' }).click()
    const dialog = page.getByRole('dialog', { name: 'End files?' })
    await expect(dialog).toContainText(String(second))
    await expect(dialog).toContainText('@ada/files/index.mjs')
    await expect(dialog.getByRole('button', { name: /^Cancel/ })).toBeFocused()
    await expectAccessible()
    await dialog.getByRole('button', { name: 'End 1 process' }).click()
    await expect(page.getByRole('dialog', { name: 'Ended' })).toContainText('1 process ended')
    expect(client.servers.map(isAlive)).toEqual([true, false, true])
    await page.keyboard.press('Escape')
    await expect(pane).toBeHidden()
    await expect(page.getByText('This process has ended').first()).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(processRow(page, second)).toBeHidden()

    // The others together; what is left over of others on this machine is not the test's to end.
    await page.getByRole('button', { name: 'Review and end…' }).click()
    const bulk = page.getByRole('dialog', { name: 'End what is left over?' })
    await expect(bulk).toContainText(String(first))
    for (const box of await bulk.getByRole('checkbox').all()) {
      const name = (await box.getAttribute('aria-label')) ?? ''
      const isOwn = [first, third].some((pid) => name === `End files, process ${pid}`)
      await box.setChecked(isOwn)
    }
    await expectAccessible()
    await bulk.getByRole('button', { name: 'End 2 processes' }).click()
    await expect(page.getByRole('dialog', { name: 'Ended' })).toContainText('2 processes ended')
    expect(client.servers.map(isAlive)).toEqual([false, false, false])
    await page.getByRole('button', { name: 'Done' }).click()
    await expect(processRow(page, first)).toBeHidden()
    await expect(processRow(page, third)).toBeHidden()
  } finally {
    await client.end()
  }
})

test('what a client runs is run here instead, and what nobody defined fills the form', async ({
  page,
  host,
}) => {
  const words = addPackage(host, '@ada/files')
  const [command = '', ...args] = words
  host.writeClaudeJson({ files: { command, args } })
  const client = await FakeClient.start([
    words,
    [
      command,
      path.join(fixtureServers, 'fixture-server.mjs'),
      'ok',
      '--token',
      'sk-proj-0123456789abcdefghij',
    ],
  ])
  const [files, other] = client.servers
  try {
    await host.start()
    await page.goto(host.url)
    await goTo(page, `#/processes/${files}`)
    await page.getByRole('button', { name: 'Run here instead…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Run files here instead?' })
    await expect(dialog).toContainText('It is imported from ~/.claude.json first.')
    await expect(dialog).toContainText(String(files))
    await dialog.getByRole('button', { name: 'Run here and end the other' }).click()
    await expect(page.getByText('files runs here. The other copy has ended.')).toBeVisible({
      timeout: 20_000,
    })
    expect(isAlive(files ?? 0)).toBe(false)
    await goTo(page, '#/servers')
    await expect(rowOf(page, 'files')).toContainText('Running')

    await goTo(page, `#/processes/${other}`)
    await page.getByRole('button', { name: 'Add to MCP Manager…' }).click()
    await expect(page.getByText('Type them again before you save.')).toBeVisible()
    await expect(page.getByRole('textbox', { name: 'Command', exact: true })).toHaveValue(command)
    expect(await page.content()).not.toContain('0123456789abcdef')
  } finally {
    await client.end()
  }
})
