import { join } from 'node:path'
import { rowOf } from '../journeys/page-parts.ts'
import { expect, test } from './test.ts'

const packages = join(import.meta.dirname, '../../node_modules')
const official = '@modelcontextprotocol'

test('the five real servers are imported, started, watched, called and stopped', async ({
  page,
  host,
}) => {
  test.setTimeout(120_000)
  const run = (script: string, ...args: string[]) => ({
    command: process.execPath,
    args: [join(packages, script), ...args],
  })
  host.writeClaudeJson({
    context7: run('@upstash/context7-mcp/dist/index.js'),
    everything: run(`${official}/server-everything/dist/index.js`),
    filesystem: run(`${official}/server-filesystem/dist/index.js`, host.home),
    memory: run(`${official}/server-memory/dist/index.js`),
    'sequential-thinking': run(`${official}/server-sequential-thinking/dist/index.js`),
  })
  await host.start()
  await page.goto(host.url)

  await page.getByRole('button', { name: 'Import and start' }).click()
  const status = page.getByRole('contentinfo', { name: 'Status' })
  await expect(status).toContainText('5 running', { timeout: 60_000 })
  for (const name of ['context7', 'everything', 'filesystem', 'memory', 'sequential-thinking']) {
    await expect(rowOf(page, name)).toContainText('Running')
  }

  // One is called, and the call is in its log.
  await page.getByRole('link', { name: 'Tools' }).click()
  await page.getByRole('searchbox').fill('echo')
  await page.getByRole('option', { name: /^echo/ }).click()
  await page.getByRole('textbox', { name: 'message' }).fill('heard in the log')
  await page.getByRole('button', { name: /^Run/ }).click()
  await expect(page.getByText('Echo: heard in the log')).toBeVisible()
  await page.getByRole('link', { name: 'Logs' }).click()
  await expect(
    page
      .getByRole('row')
      .filter({ hasText: 'tools/call' })
      .filter({ hasText: 'everything' })
      .first(),
  ).toBeVisible()

  // One click each, and nothing runs.
  await page.getByRole('link', { name: 'Servers' }).click()
  for (const name of ['context7', 'everything', 'filesystem', 'memory', 'sequential-thinking']) {
    await page.getByRole('switch', { name, exact: true }).click()
  }
  await expect(status).toContainText('All stopped', { timeout: 30_000 })
})
