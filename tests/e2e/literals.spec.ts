import { chmodSync, readFileSync } from 'node:fs'
import { fixtureServer } from '../journeys/page-parts.ts'
import { expect, test } from './test.ts'

const token = 'ghp_0123456789abcdefghijABCDEFGHIJ012345'

test('a credential leaves its file with a diff, and comes back', async ({
  page,
  host,
  expectAccessible,
}) => {
  await host.start()
  const github = { ...fixtureServer('ok'), env: { GITHUB_TOKEN: token } }
  const claude = host.writeClaudeJson({ github })
  const desktop = '.config/Claude/claude_desktop_config.json'
  host.writeFile(desktop, JSON.stringify({ mcpServers: { github } }))
  const before = readFileSync(claude, 'utf8')
  host.run('import', claude, '--json')

  await page.goto(host.url)
  await page.getByRole('link', { name: 'Secrets', exact: true }).click()
  await page.getByRole('button', { name: 'Look in files' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Secrets in files' })).toBeVisible()
  await expect(
    page.getByRole('region', { name: `Secrets in ~/${desktop}` }).getByText('Stays in the file'),
  ).toBeVisible()

  // Off by default: the client would have to be told the variable first.
  const file = page.getByRole('region', { name: 'Secrets in ~/.claude.json' })
  const pick = file.getByRole('checkbox', { name: 'Move GITHUB_TOKEN of github to the vault' })
  await expect(pick).not.toBeChecked()
  await expect(file.getByText('The vault has this value already.')).toBeVisible()
  await pick.click()
  const diff = file.getByRole('list', { name: 'What changes in ~/.claude.json' })
  await expect(diff).toContainText('${GITHUB_TOKEN}')
  await expect(file.getByText('export GITHUB_TOKEN=')).toBeVisible()
  await expectAccessible()
  await file.getByLabel('Name in the vault for GITHUB_TOKEN of github').fill('github.work')
  await expect(diff).toContainText('${GITHUB_WORK}')
  expect(await page.content()).not.toContain(token)

  const move = file.getByRole('button', { name: 'Move 1 to the vault' })
  chmodSync(claude, 0o400)
  await move.click()
  await expect(file.getByText('Nothing was changed')).toBeVisible()
  chmodSync(claude, 0o600)
  await file.getByRole('button', { name: 'Look again' }).click()
  await expect(pick).not.toBeChecked()
  await pick.click()
  await move.click()
  await expect(page.getByText('1 secret was moved to the vault')).toBeVisible()
  const after = before.replace(token, '${GITHUB_TOKEN}')
  expect(readFileSync(claude, 'utf8')).toBe(after)
  // At once: the message goes by itself.
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(page.getByText('The file is as it was.')).toBeVisible()
  expect(readFileSync(claude, 'utf8')).toBe(before)

  await expect(pick).not.toBeChecked()
  await pick.click()
  await move.click()
  await expect(file).toHaveCount(0)
  expect(readFileSync(claude, 'utf8')).toBe(after)
  expect(JSON.parse(host.run('secrets', 'scan', '--file', claude, '--json'))).toMatchObject({
    files: [],
    moves: [{ file: claude }],
  })
  await expectAccessible()
  await page.getByRole('button', { name: 'Put back into ~/.claude.json' }).click()
  await expect(file).toBeVisible()
  expect(readFileSync(claude, 'utf8')).toBe(before)
})
