import type { Page } from '@playwright/test'
import { callResult, callTool, offer, openTools } from '../journeys/call-tool.ts'
import { fixtureServer } from '../journeys/page-parts.ts'
import type { HeadlessHost } from './headless-host.ts'
import { expect, test } from './test.ts'

/** Starts the host with running servers and opens the tools page. */
async function startWithTools(host: HeadlessHost, page: Page): Promise<void> {
  await host.start()
  await page.goto(host.url)
  await openTools(page, host)
}

/** Finds an offer by its name and opens it. */
async function open(page: Page, name: string): Promise<void> {
  await page.getByRole('searchbox').fill(name)
  await offer(page, name).click()
  await expect(page.getByRole('heading', { level: 2, name })).toBeVisible()
}

test('a tool is called from its form, with the keyboard alone', async ({ host, page }) => {
  await startWithTools(host, page)
  await callTool(page)
})

test('form and JSON hold the same arguments, and the host checks them', async ({ host, page }) => {
  await startWithTools(host, page)
  await open(page, 'get-structured-content')
  await page.getByRole('combobox', { name: 'location' }).click()
  await page.getByRole('option', { name: 'Chicago' }).click()
  await page.getByRole('button', { name: 'JSON', exact: true }).click()
  const editor = page.locator('.cm-content')
  await expect(editor).toContainText('"location": "Chicago"')
  await editor.fill('{"location": "Nowhere"}')
  await expect(page.getByText('/location must be one of')).toBeVisible()
  await editor.fill('{"location": ')
  await expect(page.getByText('This is not valid JSON:')).toBeVisible()
  await editor.fill('{"location": "New York"}')
  await editor.press('Control+Enter')
  await expect(callResult(page)).toContainText('matches the output schema')
  await expect(callResult(page).getByRole('tree')).toContainText('"temperature"')
  await callResult(page).getByRole('button', { name: 'Raw' }).click()
  await expect(callResult(page)).toContainText('"structuredContent"')
  await page.getByRole('button', { name: 'Form', exact: true }).click()
  await expect(page.getByRole('combobox', { name: 'location' })).toContainText('New York')
})

test('a long call shows its progress, goes on while one looks elsewhere, and is cancelled', async ({
  host,
  page,
}) => {
  await startWithTools(host, page)
  await open(page, 'trigger-long-running-operation')
  await page.getByRole('textbox', { name: 'duration' }).fill('60')
  await page.getByRole('textbox', { name: 'steps' }).fill('60')
  await page.getByRole('button', { name: 'Run' }).click()
  await expect(page.getByText(/^[1-9]\d? of 60/)).toBeVisible()
  await open(page, 'echo')
  await open(page, 'trigger-long-running-operation')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('heading', { name: 'Cancelled' })).toBeVisible()
  const row = page
    .getByRole('table', { name: /^Recent calls/ })
    .getByRole('row')
    .last()
  await expect(row).toContainText('Cancelled')
  await row.getByRole('button', { name: 'Fill the form with this call' }).click()
  await expect(page.getByRole('textbox', { name: 'steps' })).toHaveValue('60')
})

test('images, notes and links of a result are shown, and a link is read', async ({
  host,
  page,
}) => {
  await startWithTools(host, page)
  await open(page, 'get-tiny-image')
  await page.getByRole('button', { name: 'Run' }).click()
  const image = callResult(page).getByRole('img', { name: /^Image, image\/png/ })
  await expect(image).toBeVisible()
  expect(await image.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBeGreaterThan(0)

  await open(page, 'get-annotated-message')
  await page.getByRole('combobox', { name: 'messageType' }).click()
  await page.getByRole('option', { name: 'error' }).click()
  await page.getByRole('button', { name: 'Run' }).click()
  await expect(callResult(page)).toContainText('priority 1')

  await open(page, 'get-resource-links')
  await page.getByRole('button', { name: 'Run' }).click()
  await page.getByRole('button', { name: /^Open Text Resource/ }).click()
  await expect(
    page.getByRole('heading', { level: 2, name: /^demo:\/\/resource\/dynamic\/text/ }),
  ).toBeVisible()
  await expect(callResult(page)).toContainText('Done')
})

test('prompts, resources and templates are tried out', async ({ host, page }) => {
  await startWithTools(host, page)
  await open(page, 'args-prompt')
  await page.getByRole('textbox', { name: 'city' }).fill('Lyon')
  await page.getByRole('button', { name: 'Get prompt' }).click()
  await expect(callResult(page)).toContainText('User')
  await expect(callResult(page)).toContainText('Lyon')

  await page.getByRole('searchbox').fill('architecture.md')
  await offer(page, 'architecture.md').click()
  await page.getByRole('button', { name: 'Read' }).click()
  await expect(callResult(page)).toContainText('text/markdown')

  await page.getByRole('searchbox').fill('')
  await page.getByRole('button', { name: /^Templates/ }).click()
  await page.getByRole('option', { name: /Text/ }).click()
  await page.getByRole('textbox', { name: 'resourceId' }).fill('7')
  await expect(page.getByText('demo://resource/dynamic/text/7')).toBeVisible()
  await page.getByRole('button', { name: 'Read' }).click()
  await expect(callResult(page)).toContainText('Resource 7')
})

test('a result that reports an error, and a call that the tool refuses, are told apart', async ({
  host,
  page,
}) => {
  await startWithTools(host, page)
  await open(page, 'read_text_file')
  await page.getByRole('textbox', { name: 'path' }).fill('/etc/passwd')
  await page.getByRole('button', { name: 'Run' }).click()
  await expect(callResult(page)).toContainText('The tool reports an error')
  await expect(callResult(page)).toContainText('Access denied')

  await open(page, 'edit_file')
  await expect(page.getByText('This tool may change or delete things.')).toBeVisible()
  await page.getByRole('button', { name: 'Add item' }).click()
  await page.getByRole('button', { name: 'Add item' }).click()
  await page.getByRole('textbox', { name: 'oldText' }).first().fill('one')
  await page.getByRole('button', { name: 'Move item 2 up' }).click()
  await expect(page.getByRole('textbox', { name: 'oldText' }).last()).toHaveValue('one')
  await page.getByRole('button', { name: 'Remove item 1' }).click()
  await expect(page.getByRole('textbox', { name: 'oldText' })).toHaveValue('one')
})

test('without servers that run, the page says what brings tools', async ({ host, page }) => {
  await host.start()
  await page.goto(host.url)
  await page.evaluate(() => {
    window.location.hash = '#/tools'
  })
  await expect(page.getByRole('heading', { name: 'No tools yet' })).toBeVisible()
  await page.getByRole('button', { name: 'Go to servers' }).click()
  await expect(page).toHaveURL(/#\/servers$/)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the page is accessible in ${colorScheme}, wide and narrow`, async ({
    host,
    page,
    expectAccessible,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await startWithTools(host, page)
    await expectAccessible()
    await open(page, 'edit_file')
    await page.getByRole('button', { name: 'Add item' }).click()
    await page.getByRole('button', { name: 'Run' }).click()
    await expect(page.getByText(/do not fit/)).toBeVisible()
    await expectAccessible()
    await open(page, 'get-structured-content')
    await page.getByRole('button', { name: 'JSON', exact: true }).click()
    await expect(page.locator('.cm-content')).toBeVisible()
    await expectAccessible()
    await page.setViewportSize({ width: 640, height: 400 })
    await open(page, 'echo')
    await page.getByRole('textbox', { name: 'message' }).fill('hello')
    await page.getByRole('button', { name: 'Run' }).click()
    await expect(callResult(page)).toContainText('Echo: hello')
    await expectAccessible()
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBe(0)
  })
}

test('every kind of content is shown, sound and embedded resources too', async ({ host, page }) => {
  await host.start()
  const file = host.writeClaudeJson({ mixed: fixtureServer('ok') })
  host.run('import', file, '--start')
  await page.goto(host.url)
  await page.getByRole('link', { name: /^Tools/ }).click()
  await open(page, 'content')
  await page.getByRole('button', { name: /^Run/ }).click()
  await page.getByRole('button', { name: 'Content', exact: true }).click()
  await expect(callResult(page)).toContainText('grüße')
  await expect(callResult(page).locator('img')).toHaveAttribute('src', /^data:image\/png;base64,/)
  await expect(callResult(page).locator('audio')).toHaveAttribute('src', /^data:audio\/wav;base64,/)
  await expect(callResult(page)).toContainText('a.txt')
  await expect(callResult(page)).toContainText('inside')
})
