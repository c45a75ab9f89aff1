import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { canaryEnvironment, foundIn, makeCanaries } from '../fixtures/canaries.ts'
import { findMarked } from '../fixtures/marked-processes.ts'
import { offer } from '../journeys/call-tool.ts'
import { openLogs } from '../journeys/chatty-server.ts'
import { fixtureServers, goTo, logRows, rowOf } from '../journeys/page-parts.ts'
import type { HeadlessHost } from './headless-host.ts'
import { heapStrings } from './heap-strings.ts'
import { expect, test } from './test.ts'

const perServer = 50
const names = ['leaky-a', 'leaky-b', 'leaky-c', 'leaky-d'] as const

test.use({
  // It keeps copies of what the page showed in the page itself.
  trace: 'off',
  launchOptions: async ({ launchOptions }, use) => {
    const longTexts = '--js-flags=--heap-snapshot-string-limit=100000000'
    await use({ ...launchOptions, args: [...(launchOptions.args ?? []), longTexts] })
  },
})

/** All that crosses between the page and the host from now on, in both directions. */
function recordTraffic(page: Page): string[] {
  const crossed: string[] = []
  page.on('websocket', (socket) => {
    const take = ({ payload }: { payload: string | Buffer }) =>
      void crossed.push(payload.toString())
    socket.on('framesent', take)
    socket.on('framereceived', take)
  })
  return crossed
}

/** Every page, with all that the servers say of themselves on it. */
async function visitPages(page: Page): Promise<void> {
  for (const tab of ['Overview', 'Tools', 'Logs', 'Config']) {
    await page.getByRole('tab', { name: tab }).click()
    await expect(page.getByRole('tabpanel')).toBeVisible()
  }
  await page.getByRole('link', { name: /^Tools/ }).click()
  for (const [tool, end] of [
    ['tell', 'Done'],
    ['refuse', 'leaky-a refused refuse'],
  ] as const) {
    await offer(page, tool).first().click()
    await page.getByRole('button', { name: /^Run/ }).click()
    await expect(page.getByRole('region', { name: `Details of ${tool}` })).toContainText(end)
  }
  await openLogs(page, 'tools/call ')
  await logRows(page).filter({ hasText: 'tools/call tell' }).first().dblclick()
  await expect(page.getByRole('button', { name: 'Collapse' })).toBeVisible()
  await page.getByRole('link', { name: 'Activity' }).click()
  await goTo(page, '#/processes')
  await expect(page.getByRole('row', { name: /leaky-a.*Runs here/ })).toBeVisible()
  await goTo(page, '#/import')
  await expect(page.getByText('imported already').first()).toBeVisible()
  await page.getByRole('link', { name: 'Settings' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
}

/** What lies below the data directory, with its write-ahead logs and backups. */
function storedTexts(host: HeadlessHost): string[] {
  const data = path.join(host.home, 'data')
  return readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'))
}

test('200 canaries reach their own server and nothing else; one that is shown is gone again after its time', async ({
  page,
  context,
  host,
}) => {
  test.slow()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.clock.install()
  const canaries = makeCanaries(names.length * perServer)
  const ownOf = new Map(
    names.map((name, at) => [name, canaries.slice(at * perServer, (at + 1) * perServer)] as const),
  )
  const crossed = recordTraffic(page)
  host.writeClaudeJson(
    Object.fromEntries(
      [...ownOf].map(([name, own]) => [
        name,
        {
          command: process.execPath,
          args: [path.join(fixtureServers, 'leaky-server.mjs')],
          env: canaryEnvironment(own),
        },
      ]),
    ),
  )
  await host.start()
  await page.goto(host.url)
  await page.getByRole('button', { name: 'Import 4 servers' }).click()
  await expect(
    page.getByText('4 servers are imported. 200 secrets are in the vault.'),
  ).toBeVisible()
  const said = [host.run('enable', '--all')]
  await page.getByRole('link', { name: 'Servers' }).click()
  for (const name of names) await expect(rowOf(page, name)).toContainText('Running')
  await rowOf(page, names[0]).click()
  await visitPages(page)
  for (const command of ['status', 'ps', 'tools', 'secrets', 'list']) {
    said.push(host.run(command, '--json'))
  }
  said.push(host.run('logs', names[0], '--json', '-n', '100000'))

  const processes = findMarked(host.home)
  expect(foundIn(processes.map(({ command }) => command).join('\n'), canaries)).toEqual([])
  const leaky = processes.filter(({ command }) => command.includes('leaky-server.mjs'))
  const others = processes.filter((one) => !leaky.includes(one))
  const environmentOf = (pid: number) => readFileSync(`/proc/${pid}/environ`, 'utf8')
  expect(
    leaky.map(({ pid }) => canaries.filter((canary) => environmentOf(pid).includes(canary))),
  ).toEqual(expect.arrayContaining([...ownOf.values()]))
  expect(leaky).toHaveLength(names.length)
  expect(foundIn(others.map(({ pid }) => environmentOf(pid)).join('\n'), canaries)).toEqual([])
  expect(foundIn(said.join('\n'), canaries)).toEqual([])
  expect(said.join('\n')).toContain('[secret leaky-')
  expect(foundIn(storedTexts(host).join('\n'), canaries)).toEqual([])
  expect(crossed.join('\n')).toContain('[secret leaky-')
  expect(foundIn(crossed.join('\n'), canaries)).toEqual([])
  const held = (await heapStrings(page)).join('\n')
  expect(held).toContain('[secret leaky-')
  expect(foundIn(held, canaries)).toEqual([])

  // Never in a locator: that would bring it into the page by another way.
  const [shown = '', ...rest] = canaries
  const [typed = ''] = makeCanaries(1)
  await goTo(page, '#/secrets/leaky-a.canary-0-token')
  // What the page remembers of before was looked at, and would only be looked at again.
  await page.reload()
  const pane = page.getByRole('complementary', { name: 'leaky-a.canary-0-token' })
  await pane.getByRole('button', { name: 'Copy', exact: true }).click()
  await expect(page.getByText('Copied. The clipboard is cleared in 30 s.')).toBeVisible()
  await pane.getByRole('button', { name: 'Reveal…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Show value' }).click()
  await expect(pane.getByText('Hides by itself in 30 s')).toBeVisible()
  expect(foundIn((await heapStrings(page)).join('\n'), [shown])).toContain(shown)
  await pane.getByRole('button', { name: 'Replace…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Value', { exact: true }).fill(typed)
  await dialog.getByRole('button', { name: 'Replace' }).click()
  await expect(page.getByText('1 server restarts.')).toBeVisible()
  await page.clock.fastForward(30_000)
  await expect(pane.getByText('Hidden')).toBeVisible()
  await expect(page.getByText('The clipboard was cleared')).toBeVisible()
  expect(foundIn((await heapStrings(page)).join('\n'), [shown, typed])).toEqual([])
  expect(foundIn(await page.content(), [shown, typed])).toEqual([])
  // A value crosses to be shown, copied or replaced: nothing else did meanwhile.
  expect(crossed.filter((frame) => frame.includes(shown))).toHaveLength(2)
  expect(crossed.filter((frame) => frame.includes(typed))).toHaveLength(1)
  expect(foundIn(crossed.join('\n'), rest)).toEqual([])
})
