import type { Page } from '@playwright/test'
import { addServer, editServer, removeServer } from '../journeys/keep-server.ts'
import { field, fixtureServer, goTo, publishedServer, rowOf } from '../journeys/page-parts.ts'
import { expect, test } from './test.ts'

const memory = publishedServer('memory')
const memoryScript = memory.args[0] ?? ''
const secret = ['sk', 'aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW'].join('-')

async function openForm(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await expect(page.getByRole('navigation', { name: 'Sections' })).toBeVisible()
  await goTo(page, '#/servers/new')
  await expect(page.getByRole('heading', { name: 'Add server' })).toBeVisible()
}

test('a stdio server is added, tested, started, edited, removed and brought back, and its secret is kept', async ({
  page,
  host,
}) => {
  await host.start()
  host.run('import', host.writeClaudeJson({ other: memory }), '--json')
  await page.goto(host.url)
  await addServer(page, host)
  await editServer(page, host)
  await removeServer(page, host)
})

test('a value that looks like no secret is put into the vault by choice, in a new server and in one that is there', async ({
  page,
  host,
}) => {
  host.writeClaudeJson({ memory })
  await host.start()
  host.run('import', '--json')
  await openForm(page, host.url)
  await field(page, 'Name').fill('mine')
  await field(page, 'Command').fill(process.execPath)
  await field(page, 'Add an argument').fill(memoryScript)
  await field(page, 'Name of variable 1').fill('NICK')
  await field(page, 'Value of NICK').fill('ann the first')
  await field(page, 'Name of variable 2').fill('TEAM')
  await field(page, 'Value of TEAM').fill('the others')
  await page.getByRole('button', { name: 'Keep the value of NICK in the vault' }).click()
  const value = page.getByLabel('Value of NICK', { exact: true })
  await expect(value).toHaveAttribute('type', 'password')
  await expect(value).toBeFocused()
  await expect(page.getByText('Goes to the vault when you save.')).toBeVisible()
  await page.getByRole('button', { name: 'Leave the value of NICK readable' }).click()
  await expect(value).toHaveAttribute('type', 'text')
  await page.getByRole('button', { name: 'Keep the value of NICK in the vault' }).click()
  const side = page.getByRole('complementary', { name: 'What will happen' })
  await expect(side).toContainText('NICK secret')
  await page.getByRole('button', { name: 'Save', exact: false }).last().click()
  await expect(page.getByText('mine is added.')).toBeVisible()
  expect(host.run('list', '--json')).not.toContain('ann the first')
  expect(host.run('list', '--json')).toContain('the others')

  await page.getByRole('row', { name: /mine/ }).press('e')
  await expect(page.getByText('kept in the vault')).toBeVisible()
  await page.getByRole('button', { name: 'Keep the value of TEAM in the vault' }).click()
  await page.getByRole('button', { name: 'Save', exact: false }).last().click()
  await expect(page.getByText('mine is saved.')).toBeVisible()
  const listed = host.run('list', '--json')
  expect(listed).toContain('secret://mine.nick')
  expect(listed).toContain('secret://mine.team')
  expect(listed).not.toContain('the others')
})

test('what is wrong is said at the field, and nothing typed is lost', async ({ page, host }) => {
  host.writeClaudeJson({ memory })
  await host.start()
  host.run('import', '--json')
  await openForm(page, host.url)
  await field(page, 'Name').fill('memory')
  await field(page, 'Name of variable 1').fill('A B')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Another server has this name.')).toBeVisible()
  await expect(page.getByText('Give the command that starts the server.')).toBeVisible()
  await expect(page.getByText('A variable’s name has no spaces')).toBeVisible()
  await expect(field(page, 'Name')).toBeFocused()
  await expect(field(page, 'Name')).toHaveAttribute('aria-invalid', 'true')

  await field(page, 'Name').fill('other')
  await expect(page.getByText('Another server has this name.')).toBeHidden()
  await page.getByRole('button', { name: 'Streamable HTTP' }).click()
  await field(page, 'Address').fill('example.com/mcp')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('This is not an address.')).toBeVisible()
  await field(page, 'Address').fill('https://example.com/mcp')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('other is added.')).toBeVisible()
  expect(host.run('list', '--json')).toContain('https://example.com/mcp')
})

test('a test that fails says why, with what the server printed', async ({ page, host }) => {
  await host.start()
  await openForm(page, host.url)
  await field(page, 'Command').fill('no-such-command')
  const side = page.getByRole('complementary', { name: 'What will happen' })
  await expect(side).toContainText('The command no-such-command was not found')

  await field(page, 'Command').fill(process.execPath)
  await field(page, 'Directory').fill('/no/such/directory')
  await expect(page.getByText('This does not exist.')).toBeVisible()
  await field(page, 'Directory').fill('')
  await field(page, 'Environment file').fill('/no/such/file')
  await expect(page.getByText('This file cannot be read.')).toBeVisible()
  await field(page, 'Environment file').fill('')
  await expect(page.getByText('This file cannot be read.')).toBeHidden()
  await field(page, 'Start time-out').press('a')
  await expect(page.getByText('Only digits can be typed here')).toBeVisible()
  await field(page, 'Start time-out').pressSequentially('0')
  await expect(page.getByText('Give a time of more than 0')).toBeVisible()
  await field(page, 'Start time-out').pressSequentially('9')
  await expect(page.getByText('Give a time of more than 0')).toBeHidden()
  await field(page, 'Add an argument').fill('-e')
  await field(page, 'Add an argument').fill('console.error("out of luck"); process.exit(3)')
  await side.getByRole('button', { name: 'Test connection' }).click()
  await expect(side).toContainText('The process ended with code 3')
  await expect(side.getByRole('group')).toContainText('out of luck')
})

test('a test can be cancelled', async ({ page, host }) => {
  await host.start()
  await openForm(page, host.url)
  await field(page, 'Command').fill(process.execPath)
  await field(page, 'Add an argument').fill('-e')
  await field(page, 'Add an argument').fill('setInterval(() => undefined, 1000)')
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Handshake' })).toBeVisible()
  await page.getByRole('button', { name: 'Cancel test' }).click()
  await expect(page.getByText('The test was cancelled.')).toBeVisible()
})

test('a server is edited: its secret stays hidden, and only what changed is saved', async ({
  page,
  host,
}) => {
  host.writeClaudeJson({ memory: { ...memory, env: { API_KEY: secret } } })
  await host.start()
  host.run('import', '--json')
  await page.goto(host.url)
  await expect(page.getByRole('row', { name: /memory/ })).toBeVisible()
  const [id = ''] = /srv_[0-9a-z]{16}/.exec(host.run('list', '--json')) ?? []
  await page.goto(`${new URL(host.url).origin}/#/servers/${id}/edit`)
  await expect(page.getByRole('heading', { name: 'Edit memory' })).toBeVisible()
  await expect(page.getByText('kept in the vault')).toBeVisible()
  expect(await page.content()).not.toContain(secret)

  await page.getByRole('button', { name: 'Replace the value of API_KEY' }).click()
  await expect(page.getByLabel('Value of API_KEY', { exact: true })).toBeFocused()
  await page.getByRole('button', { name: 'Keep the old value of API_KEY' }).click()
  await expect(page.getByText('kept in the vault')).toBeVisible()

  await field(page, 'Command').selectText()
  await paste(page, field(page, 'Command'), `LOG=debug node ${memoryScript}`)
  await expect(field(page, 'Command')).toHaveValue('node')
  await expect(page.getByText('kept in the vault')).toBeVisible()
  await expect(field(page, 'Value of LOG')).toHaveValue('debug')

  await field(page, 'Name').fill('renamed')
  await page.keyboard.press('Escape')
  const question = page.getByRole('alertdialog', { name: 'Leave without saving?' })
  await expect(question).toBeVisible()
  // It has the keys once it has the focus.
  await expect(question.and(page.locator(':focus-within'))).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(question).toBeHidden()
  await page.getByRole('navigation').getByRole('link', { name: 'Settings' }).click()
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(question).toBeHidden()
  await expect(field(page, 'Name')).toHaveValue('renamed')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('renamed is saved.')).toBeVisible()
  await expect(page.getByRole('row', { name: /renamed/ })).toBeVisible()
  const listed = host.run('list', '--json')
  expect(listed).toContain('secret://')
  expect(listed).toContain('LOG')
})

test('two windows that edit one server lose nothing of each other', async ({
  page,
  host,
  context,
}) => {
  host.writeClaudeJson({ memory: { ...memory, env: { LOG: 'info' } } })
  await host.start()
  host.run('import', '--json')
  await page.goto(host.url)
  await expect(page.getByRole('row', { name: /memory/ })).toBeVisible()
  const [id = ''] = /srv_[0-9a-z]{16}/.exec(host.run('list', '--json')) ?? []
  const other = await context.newPage()
  await other.goto(page.url())
  await expect(other.getByRole('row', { name: /memory/ })).toBeVisible()
  for (const one of [page, other]) {
    await one.goto(`${new URL(host.url).origin}/#/servers/${id}/edit`)
    await expect(field(one, 'Value of LOG')).toHaveValue('info')
  }
  await field(other, 'Directory').fill('/tmp')
  await field(other, 'Value of LOG').fill('theirs')
  await other.keyboard.press('Control+Enter')
  await expect(other.getByText('memory is saved.')).toBeVisible()

  await field(page, 'Name').fill('mine')
  await field(page, 'Value of LOG').fill('mine')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Changed both here and there: Environment.')).toBeVisible()
  expect(host.run('list', '--json')).not.toContain('"mine"')
  await page.getByRole('button', { name: 'Take mine' }).click()
  await expect(field(page, 'Directory')).toHaveValue('/tmp')
  await expect(field(page, 'Value of LOG')).toHaveValue('mine')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('mine is saved.')).toBeVisible()
  const listed = host.run('list', '--json')
  expect(listed).toContain('/tmp')
  expect(listed).not.toContain('theirs')
})

test('a configuration of a README fills the form; several servers go to the import', async ({
  page,
  host,
}) => {
  await host.start()
  await openForm(page, host.url)
  const dialog = page.getByRole('dialog', { name: 'Paste a configuration' })
  await page.getByRole('button', { name: 'Paste config…' }).click()
  await dialog
    .getByRole('textbox')
    .fill(
      'claude mcp add files -e LOG=debug -- npx -y @modelcontextprotocol/server-filesystem /tmp',
    )
  await dialog.getByRole('button', { name: 'Fill the form' }).click()
  await expect(field(page, 'Name')).toHaveValue('files')
  await expect(field(page, 'Command')).toHaveValue('npx')
  await expect(field(page, 'Argument 3')).toHaveValue('/tmp')
  await expect(field(page, 'Value of LOG')).toHaveValue('debug')

  await page.getByRole('button', { name: 'Paste config…' }).click()
  await dialog
    .getByRole('textbox')
    .fill('{"mcpServers": {"one": {"command": "npx"}, "two": {"url": "https://example.com"}}}')
  await dialog.getByRole('button', { name: 'Go to import' }).click()
  await page.getByRole('button', { name: 'Leave' }).click()
  await expect(page.getByRole('heading', { name: 'Import servers' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'one', exact: true })).toBeVisible()
})

test('arguments and variables are edited by keyboard and by pasting', async ({ page, host }) => {
  await host.start()
  await openForm(page, host.url)
  await field(page, 'Add an argument').focus()
  await page.keyboard.type('one')
  await page.keyboard.press('Enter')
  await page.keyboard.type('two')
  await page.keyboard.press('Alt+ArrowUp')
  await expect(field(page, 'Argument 1')).toHaveValue('two')
  await expect(field(page, 'Argument 1')).toBeFocused()
  await expect(field(page, 'Argument 2')).toHaveValue('one')
  await field(page, 'Argument 2').fill('')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')

  await paste(page, field(page, 'Name of variable 1'), 'A=1\nexport B="two"\n')
  await expect(field(page, 'Value of A')).toHaveValue('1')
  await expect(field(page, 'Value of B')).toHaveValue('two')
  await paste(page, field(page, 'Command'), 'npx -y "a b"')
  await expect(field(page, 'Command')).toHaveValue('npx')
  await expect(field(page, 'Argument 2')).toHaveValue('a b')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the form is accessible in ${colorScheme}`, async ({ page, host, expectAccessible }) => {
    await page.emulateMedia({ colorScheme })
    await host.start()
    await openForm(page, host.url)
    await expectAccessible()
    await field(page, 'Command').fill('no-such-command')
    await field(page, 'Name of variable 1').fill('A B')
    await page.getByLabel('Value of A B').fill('${HOME}')
    await page.keyboard.press('Control+Enter')
    await expect(page.getByText('Give it a name.')).toBeVisible()
    await expect(page.getByRole('heading', { name: /no-such-command/ })).toBeVisible()
    await expectAccessible()
  })
}

/** Pastes a text as a person does; the clipboard itself is out of reach of a test. */
async function paste(page: Page, into: ReturnType<typeof field>, text: string): Promise<void> {
  const data = await page.evaluateHandle((content) => {
    const transfer = new DataTransfer()
    transfer.setData('text', content)
    return transfer
  }, text)
  await into.focus()
  await into.evaluate((element, clipboardData) => {
    element.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    )
  }, data)
}

test('how a server is kept up is set in the form, shown in the pane, and done', async ({
  page,
  host,
}) => {
  await host.start()
  await openForm(page, host.url)
  const { command, args } = fixtureServer('ok')
  await field(page, 'Name').fill('resting')
  await field(page, 'Command').fill(command)
  for (const arg of args) await field(page, 'Add an argument').fill(arg)
  await page.getByRole('button', { name: 'At its first use' }).click()
  await expect(page.getByText('the first call of one of its tools starts it')).toBeVisible()
  await page.getByRole('combobox', { name: 'When it ends by itself' }).click()
  await page.getByRole('option', { name: 'Leave it' }).click()
  await field(page, 'Stop it when unused for').pressSequentially('0.001')
  await expect(page.getByText('Give a time from one second')).toBeVisible()
  await field(page, 'Stop it when unused for').fill('5')
  await expect(page.getByText('Give a time from one second')).toBeHidden()
  await expect(page.getByText('Above a ceiling')).toBeHidden()
  await field(page, 'Memory ceiling').fill('500')
  await page.getByRole('button', { name: 'Warn, then restart it' }).click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('resting is added.')).toBeVisible()

  await page.getByRole('switch', { name: 'resting' }).click()
  await expect(rowOf(page, 'resting')).toContainText('Idle')
  await expect(rowOf(page, 'resting')).toContainText('starts at the first use')
  await rowOf(page, 'resting').press('Enter')
  const pane = page.getByRole('complementary')
  await expect(pane).toContainText('at its first use')
  await expect(pane).toContainText('warn, then restart')
  expect(host.run('call', 'resting', 'echo', '{"message":"woken"}')).toContain('woken')
  await expect(rowOf(page, 'resting')).toContainText('Running')
  expect(host.run('actions')).toContain('resting: Started on demand. A call came for it.')
  expect(host.run('status', 'resting')).toContain('when unused for 300 s')
})
