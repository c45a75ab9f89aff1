import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { rowOf } from './page-parts.ts'
import type { TestHome } from './test-home.ts'

const packages = path.join(import.meta.dirname, '../../node_modules')
const official = '@modelcontextprotocol'
const names = ['context7', 'everything', 'filesystem', 'memory', 'sequential-thinking']

/** Writes a client's file with the five published servers into the home. */
export function writeFiveServers(host: TestHome): void {
  const run = (script: string, ...args: string[]) => ({
    command: process.execPath,
    args: [path.join(packages, script), ...args],
  })
  host.writeClaudeJson({
    context7: run('@upstash/context7-mcp/dist/index.js'),
    everything: run(`${official}/server-everything/dist/index.js`),
    filesystem: run(`${official}/server-filesystem/dist/index.js`, host.home),
    memory: run(`${official}/server-memory/dist/index.js`),
    'sequential-thinking': run(`${official}/server-sequential-thinking/dist/index.js`),
  })
}

/** From the first start the five published servers are imported and started, watched, called and stopped. */
export async function useFiveServers(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Import and start' }).click()
  const status = page.getByRole('contentinfo', { name: 'Status' })
  await expect(status).toContainText('5 running', { timeout: 60_000 })
  for (const name of names) await expect(rowOf(page, name)).toContainText('Running')

  // One is called, and the call is in its log.
  await page.getByRole('link', { name: 'Tools' }).click()
  await page.getByRole('searchbox').fill('echo')
  await page.getByRole('option', { name: /^echo/ }).click()
  await page.getByRole('textbox', { name: 'message' }).fill('heard in the log')
  await page.getByRole('button', { name: /^Run/ }).click()
  await expect(page.getByText('Echo: heard in the log')).toBeVisible()
  await page.getByRole('link', { name: 'Logs' }).click()
  const call = page.getByRole('row').filter({ hasText: 'tools/call' })
  await expect(call.filter({ hasText: 'everything' }).first()).toBeVisible()

  // One click each, and nothing runs.
  await page.getByRole('link', { name: 'Servers' }).click()
  for (const name of names) await page.getByRole('switch', { name, exact: true }).click()
  await expect(status).toContainText('All stopped', { timeout: 30_000 })
}
