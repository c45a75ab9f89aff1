import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { fixtureServer, fixtureServers } from './page-parts.ts'
import type { TestHome } from './test-home.ts'

/** What a server that prints does: so many lines at its start, then one in so many milliseconds (0: no more). */
export interface Chatter {
  readonly burst: number
  readonly everyMs: number
}

/** A line as `mcp-manager logs --json` prints it. */
interface StoredLine {
  readonly seq: number
  readonly at: number
  readonly level: string
  readonly text: string
}

/** A definition of a server that prints numbered lines on stderr. */
export function chattyServer({ burst, everyMs }: Chatter) {
  const { command, args } = fixtureServer()
  return {
    command,
    args: ['--import', path.join(fixtureServers, 'chatty.mjs'), ...args],
    env: { CHATTY_BURST: String(burst), CHATTY_EVERY: String(everyMs) },
  }
}

/** What the store has of a server's log, by the command line. */
export function storedLines(
  host: TestHome,
  server: string,
  ...options: readonly string[]
): readonly StoredLine[] {
  return host
    .run('logs', server, '--json', '-n', '100000', ...options)
    .trim()
    .split('\n')
    .map((line): StoredLine => JSON.parse(line))
}

/** Opens the logs, and searches them for something unless it is empty. */
export async function openLogs(page: Page, query = ''): Promise<void> {
  await page.getByRole('link', { name: 'Logs' }).click()
  await expect(page.getByRole('treegrid', { name: 'Log lines' })).toBeVisible()
  if (query !== '') await searchLogs(page, query)
}

/** Searches the logs that are open. */
export async function searchLogs(page: Page, query: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Search the logs' }).fill(query)
}
