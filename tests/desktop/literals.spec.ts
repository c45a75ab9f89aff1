import { readFileSync } from 'node:fs'
import { expect, test } from './manager.ts'

const token = 'ghp_0123456789abcdefghijABCDEFGHIJ012345'

test('a credential leaves its file for the vault and comes back, in the window', async ({
  manager,
}) => {
  const file = manager.writeClaudeJson({
    github: { command: 'true', env: { GITHUB_TOKEN: token } },
  })
  const before = readFileSync(file, 'utf8')
  const page = await (await manager.start()).window()
  // Where a first start leads once the servers are known.
  await expect(page).toHaveURL(/#\/import/)
  await page.getByRole('link', { name: 'Secrets', exact: true }).click()
  await page.getByRole('button', { name: 'Look in files' }).click()
  const found = page.getByRole('region', { name: 'Secrets in ~/.claude.json' })
  await found.getByRole('checkbox', { name: 'Move GITHUB_TOKEN of github to the vault' }).click()
  await expect(found.getByRole('list', { name: /^What changes/ })).toContainText('${GITHUB_TOKEN}')
  await found.getByRole('button', { name: 'Move 1 to the vault' }).click()
  await expect(found).toHaveCount(0)
  expect(readFileSync(file, 'utf8')).toBe(before.replace(token, '${GITHUB_TOKEN}'))
  await page.getByRole('button', { name: 'Put back into ~/.claude.json' }).click()
  await expect(found).toBeVisible()
  expect(readFileSync(file, 'utf8')).toBe(before)
})
