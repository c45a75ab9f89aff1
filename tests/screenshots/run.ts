import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Browser, chromium, type Page } from '@playwright/test'
import { HeadlessHost } from '../e2e/headless-host.ts'
import {
  addOtherPrograms,
  addSecrets,
  addThirtyServers,
  type SceneProps,
  writeClientFiles,
} from './scenes.ts'

// Takes a picture of every screen from the built product: `npm run screenshots` writes docs/screenshots, and
// `npm run screenshots -- --to DIR empty first-start thirty` only those scenes.

const { values, positionals } = parseArgs({
  options: { to: { type: 'string', default: 'docs/screenshots' } },
  allowPositionals: true,
})
const folder = join(import.meta.dirname, '../..', values.to)
const sizes = [
  { width: 1280, height: 800 },
  { width: 900, height: 600 },
] as const
const themes = ['light', 'dark'] as const

mkdirSync(folder, { recursive: true })
const browser = await launch()
try {
  await scene(
    'empty',
    browser,
    () => null,
    async (page, shoot) => {
      await page.getByRole('heading', { name: /^No client/ }).waitFor()
      await shoot('import-empty')
      await open(page, '#/servers')
      await shoot('servers-empty')
    },
  )
  await scene(
    'first-start',
    browser,
    (host) => {
      writeClientFiles(host)
      return null
    },
    async (page, shoot) => {
      await page.getByRole('button', { name: /^Import [1-9]/ }).waitFor()
      await shoot('import')
    },
  )
  await scene(
    'literals',
    browser,
    (host) => {
      writeClientFiles(host)
      return null
    },
    async (page, shoot) => {
      await page.getByRole('button', { name: /^Import [1-9]/ }).waitFor()
      await open(page, '#/literals')
      await page.getByRole('checkbox', { name: /ACCESS_TOKEN of github/ }).click()
      await page.getByText('The client will need').waitFor()
      await shoot('literals')
    },
  )
  await scene('thirty', browser, addThirtyServers, async (page, shoot, host) => {
    await open(page, '#/servers')
    await page
      .getByRole('row', { name: /stripe/ })
      .filter({ hasText: /Failed|Retry/ })
      .waitFor()
    await shoot('servers')
    await page.getByRole('row', { name: /fetch/ }).click()
    await page.getByRole('heading', { name: /uvx/ }).waitFor()
    await shoot('servers-failing')
    await page.getByRole('row', { name: /everything/ }).click()
    await shoot('servers-pane')
    for (const tab of ['Tools', 'Logs', 'Config']) {
      await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click()
      if (tab === 'Logs') await page.getByRole('treegrid').waitFor()
      await shoot(`servers-pane-${tab.toLowerCase()}`)
    }
    await page.getByRole('row', { name: /everything/ }).press('e')
    await page.getByRole('heading', { level: 1, name: /everything/ }).waitFor()
    await page.getByRole('complementary').getByText('CLAUDE_PROJECT_DIR').waitFor()
    await shoot('server-form')
    await open(page, '#/tools')
    await page.getByRole('searchbox').fill('get-sum')
    await page
      .getByRole('option', { name: /get-sum/ })
      .first()
      .click()
    await page.getByRole('textbox', { name: 'a' }).fill('19')
    await page.getByRole('textbox', { name: 'b' }).fill('23')
    await page.getByRole('button', { name: /^Run/ }).click()
    await page.getByText('The sum of 19 and 23 is 42').first().waitFor()
    await shoot('tools')
    await open(page, '#/logs')
    await page.getByRole('treegrid').waitFor()
    // Held, and sought on the small page: so its place stays at both sizes, though the large one reaches the end.
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.setViewportSize(sizes[1])
    await page.keyboard.press('/')
    await page.keyboard.type('tools/call')
    await page.keyboard.press('Enter')
    await page.getByRole('row').filter({ hasText: 'tools/call' }).first().click()
    await page.getByText('Response').waitFor()
    await shoot('logs')
    await open(page, '#/activity')
    await page
      .getByRole('button', { name: /^Details of: / })
      .first()
      .click()
    await page.getByText('What to do').waitFor()
    await shoot('activity')
    await open(page, '#/settings')
    await page.getByRole('heading', { name: 'Settings' }).waitFor()
    await shoot('settings')
    await open(page, '#/servers')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('post')
    await page.getByText('in the last hour').waitFor()
    await shoot('palette')
    // Once for what was typed, once for the palette.
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await open(page, '#/settings')
    await page.getByRole('button', { name: /^Show keys/ }).click()
    await page.getByRole('dialog').waitFor()
    await shoot('keys')
    await page.keyboard.press('Escape')
    await open(page, '#/parts')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await shoot('parts')
    await open(page, '#/servers')
    await host.kill()
    await page.getByRole('alert').filter({ hasText: 'lost' }).waitFor()
    await shoot('servers-lost')
  })
  await scene('secrets', browser, addSecrets, async (page, shoot) => {
    await open(page, '#/secrets')
    await page.getByRole('heading', { name: /^gitlab takes a secret/ }).waitFor()
    await page.getByRole('button', { name: 'notion.notion-token', exact: true }).click()
    await page.getByRole('complementary').getByText('Used by').waitFor()
    await shoot('secrets')
  })
  await scene('processes', browser, addOtherPrograms, async (page, shoot) => {
    await open(page, '#/processes')
    await page
      .getByRole('row', { name: /Orphan.* %/ })
      .first()
      .waitFor()
    await shoot('processes')
    await page.getByRole('button', { name: 'Review and end…' }).click()
    await page.getByRole('dialog').waitFor()
    await shoot('processes-reap')
    await page.keyboard.press('Escape')
    await page
      .getByRole('row', { name: /Orphan/ })
      .first()
      .click()
    await page.getByRole('complementary').getByText('Why it is listed').waitFor()
    await shoot('processes-pane')
    await page.getByRole('button', { name: 'Run here instead…' }).click()
    await page.getByText('This ends, once').waitFor()
    await shoot('processes-here')
  })
} finally {
  await browser.close()
}

type Shoot = (name: string) => Promise<void>

/** One home in one state: prepares it, opens the page, and lets `show` go through the screens. */
async function scene(
  name: string,
  from: Browser,
  prepare: (host: HeadlessHost) => Promise<SceneProps> | null,
  show: (page: Page, shoot: Shoot, host: HeadlessHost) => Promise<void>,
): Promise<void> {
  if (positionals.length > 0 && !positionals.includes(name)) return
  // Pictures show paths: always the same ones, and none of this machine's.
  const host = new HeadlessHost(join(tmpdir(), 'ada'))
  let props: SceneProps | null = null
  try {
    await host.start()
    props = await prepare(host)
    const page = await from.newPage({ viewport: sizes[0] })
    await page.goto(host.url)
    await show(page, (shot) => shootAll(page, shot), host)
    await page.close()
  } finally {
    props?.close()
    await host.stop()
  }
}

/** A picture of what is there, at both sizes and in both themes. */
async function shootAll(page: Page, name: string): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size)
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      const path = join(folder, `${name}-${size.width}-${theme}.png`)
      await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
    }
  }
  await page.setViewportSize(sizes[0])
}

async function open(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    window.location.hash = to
  }, hash)
}

async function launch(): Promise<Browser> {
  const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) =>
    existsSync(path),
  )
  return await chromium.launch({
    ...(installed === undefined ? { channel: 'chrome' } : { executablePath: installed }),
    // Chromium's sandbox does not start as root; see playwright.config.ts.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
}
