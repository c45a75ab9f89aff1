import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './test.ts'

const packages = join(import.meta.dirname, '../../node_modules/@modelcontextprotocol')
const memory = { command: process.execPath, args: [join(packages, 'server-memory/dist/index.js')] }

/** What can be pressed on the page, and what of it lies below a toast. */
async function pressable(page: Page): Promise<{ all: string[]; covered: string[] }> {
  return await page.evaluate(() => {
    const toasts = document.querySelector('[aria-label="Notifications"]')
    const all: string[] = []
    const covered: string[] = []
    const controls = 'button, a[href], input, [role="checkbox"], [role="switch"], [role="row"]'
    for (const element of document.querySelectorAll(controls)) {
      if (toasts?.contains(element) === true) continue
      let { left, right, top, bottom } = element.getBoundingClientRect()
      // What is scrolled out of its list is not there to be pressed.
      for (let box = element.parentElement; box !== null; box = box.parentElement) {
        if (getComputedStyle(box).overflowY === 'visible') continue
        const clip = box.getBoundingClientRect()
        left = Math.max(left, clip.left)
        right = Math.min(right, clip.right)
        top = Math.max(top, clip.top)
        bottom = Math.min(bottom, clip.bottom)
      }
      if (right - left < 2 || bottom - top < 2) continue
      const name = element.getAttribute('aria-label') ?? element.textContent
      all.push(name)
      for (const [x, y] of [
        [left + 1, top + 1],
        [(left + right) / 2, (top + bottom) / 2],
        [right - 1, bottom - 1],
      ] as const) {
        const above = document.elementFromPoint(x, y)
        if (above !== null && toasts?.contains(above) === true) covered.push(name)
      }
    }
    return { all, covered }
  })
}

for (const size of [
  { width: 900, height: 600 },
  { width: 1280, height: 800 },
]) {
  test(`a toast lies on nothing that can be pressed at ${size.width} x ${size.height}`, async ({
    page,
    host,
  }) => {
    await page.setViewportSize(size)
    const names = Array.from({ length: 30 }, (_, index) => `server-${index}`)
    const command = { command: process.execPath, args: ['--version'] }
    const servers = Object.fromEntries(names.map((name) => [name, command]))
    const file = host.writeClaudeJson({ ...servers, memory })
    await host.start()
    host.run('import', file, '--json')
    host.writeFile('.cursor/mcp.json', JSON.stringify({ mcpServers: { more: command } }))
    host.run('enable', 'memory')
    await page.goto(host.url)
    await page.getByRole('row', { name: /server-10/ }).press('Delete')
    const toast = page.getByRole('dialog').filter({ hasText: 'Undo' })
    await expect(toast).toBeVisible()
    // It stays while the pointer is on it; from here on by keys only.
    await toast.hover()
    const expectNothingCovered = async (...buttons: string[]) => {
      await expect(toast).toBeInViewport({ ratio: 1 })
      const { all, covered } = await pressable(page)
      expect(covered).toEqual([])
      expect(all).toEqual(expect.arrayContaining(buttons))
    }
    await expectNothingCovered('Import…')
    await page.keyboard.press('i')
    await expect(page.getByRole('button', { name: 'Import 2 servers' })).toBeVisible()
    await expectNothingCovered('Not now', 'Import and start', 'Import 2 servers')
    await page.keyboard.press('g')
    await page.keyboard.press('l')
    await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible()
    await expectNothingCovered('PauseP')
    await page.keyboard.press('n')
    await expect(page.getByRole('heading', { name: 'Add server' })).toBeVisible()
    await expectNothingCovered('Save and start')
  })
}
