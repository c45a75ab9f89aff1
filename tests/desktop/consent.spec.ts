import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { rowOf } from '../journeys/page-parts.ts'
import { hostileLinks, linkFor } from '../unit/main/hostile-links.ts'
import type { DesktopApp } from './desktop-app.ts'
import { expect, type Manager, test } from './manager.ts'

/** Hands the application what a second start would, many times in the time of one. */
async function handOver(app: DesktopApp, ...args: readonly string[]): Promise<void> {
  await app.evaluate(
    ({ app: electronApp }, given) => {
      electronApp.emit('second-instance', {}, [], '/', { args: given, cwd: '/' })
    },
    [...args],
  )
}

function expectNothingKept(manager: Manager): void {
  expect(JSON.parse(manager.run('list', '--json'))).toMatchObject({ servers: [] })
}

test('a link fills a form that shows all of what it would run, and runs nothing before it is saved', async ({
  manager,
}) => {
  const marker = path.join(manager.home, 'it-ran')
  const long = `--option=${'0123456789'.repeat(60)}-end`
  const app = await manager.start()
  const page = await app.window()
  const config = {
    command: 'touch',
    args: ['--', marker, long],
    env: { FIRST_NAME: 'visible value', SECOND_NAME: 'x' },
  }
  // As the system does it: a second start with the link as its argument.
  await app.openUrl(linkFor('from a link', config))
  await expect(page.getByText('A link filled in this form')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Name', exact: true }).first()).toHaveValue(
    'from a link',
  )
  const preview = page.getByRole('complementary')
  await expect(preview).toContainText('touch')
  await expect(preview).toContainText(marker)
  // To its last character.
  await expect(preview).toContainText(long)
  for (const name of ['FIRST_NAME', 'SECOND_NAME']) {
    await expect(page.locator(`input[value="${name}"]`)).toBeVisible()
  }
  expectNothingKept(manager)
  expect(existsSync(marker)).toBe(false)

  await page.getByRole('button', { name: 'Save and start' }).click()
  await expect(rowOf(page, 'from a link')).toBeVisible()
  await expect.poll(() => existsSync(marker)).toBe(true)
})

test('what a person has typed is not lost to a link', async ({ manager }) => {
  const app = await manager.start()
  const page = await app.window()
  // Where a first start leads once the servers are known.
  await expect(page).toHaveURL(/#\/import/)
  await page.keyboard.press('n')
  const name = page.getByRole('textbox', { name: 'Name', exact: true }).first()
  await name.fill('mine')
  await app.openUrl(linkFor('theirs', { command: 'touch', args: ['/tmp/x'] }))
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
  await expect(name).toHaveValue('mine')
})

test('hostile links open nothing, and keep and run nothing', async ({ manager }) => {
  test.setTimeout(180_000)
  const app = await manager.start()
  const page = await app.window()
  await page.getByRole('link', { name: 'Settings' }).click()
  await expect(page).toHaveURL(/#\/settings/)
  for (const [, link] of hostileLinks) await handOver(app, link)
  await expect(page.getByText('This link cannot be used').first()).toBeVisible()
  // A good one comes through after them, so all of them were looked at.
  await handOver(app, linkFor('good', { command: 'true' }))
  await expect(page.getByText('A link filled in this form')).toBeVisible()
  await page.getByRole('link', { name: 'Servers' }).click()
  await expect(page.getByText('A link filled in this form')).toBeHidden()
  expectNothingKept(manager)
  expect(manager.ownedProcesses()).toEqual([])
})

/** Files that would run something if anything of them ran by being opened, by their name. */
const hostileFiles = (marker: string): Readonly<Record<string, string>> => ({
  'plain.json': JSON.stringify({ mcpServers: { a: { command: 'touch', args: [marker] } } }),
  'enabled.json': JSON.stringify({
    mcpServers: { a: { command: 'touch', args: [marker], enabled: true, autoStart: true } },
  }),
  'helper.json': JSON.stringify({
    mcpServers: {
      a: { type: 'http', url: 'http://127.0.0.1:9/', headersHelper: `touch ${marker}` },
    },
  }),
  'shell.json': JSON.stringify({
    mcpServers: {
      a: { command: `sh -c "touch ${marker}"`, cwd: '/tmp', env: { LD_PRELOAD: '/x' } },
    },
  }),
  'prototype.json': `{"mcpServers":{"__proto__":{"command":"touch","args":["${marker}"]}}}`,
  'codex.toml': `[mcp_servers.a]\ncommand = "touch"\nargs = ["${marker}"]\n`,
  'goose.yaml': `extensions:\n  a:\n    enabled: true\n    type: stdio\n    cmd: touch\n    args: ["${marker}"]\n`,
  'broken.json': `{"mcpServers": {"a": {"command": "touch", "args": ["${marker}"`,
})

test('files that are opened or dropped are shown, and keep and run nothing', async ({
  manager,
}) => {
  test.setTimeout(180_000)
  const marker = path.join(manager.home, 'it-ran')
  const files = Object.entries(hostileFiles(marker)).map(([name, text]) => {
    const file = path.join(manager.home, name)
    writeFileSync(file, text)
    return file
  })
  const script = path.join(manager.home, 'run.sh')
  writeFileSync(script, `#!/bin/sh\ntouch ${marker}\n`, { mode: 0o755 })
  const app = await manager.start()
  const page = await app.window()
  await page.getByRole('link', { name: 'Settings' }).click()

  await handOver(app, ...files)
  await expect(page).toHaveURL(/#\/import/)
  await expect(page.getByText('plain.json').first()).toBeVisible()
  await expect(page.getByText(marker).first()).toBeVisible()
  await handOver(app, script, path.join(manager.home, 'gone.json'), '/etc/shadow', '/dev/zero')
  await expect(page.getByText('run.sh is not a configuration file').first()).toBeVisible()

  await page.getByRole('link', { name: 'Settings' }).click()
  await app.dropFiles(...files)
  await expect(page).toHaveURL(/#\/import/)
  await expect(page.getByText(marker).first()).toBeVisible()

  expectNothingKept(manager)
  expect(manager.ownedProcesses()).toEqual([])
  expect(existsSync(marker)).toBe(false)
})
