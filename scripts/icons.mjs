/**
 * Draws the icons of every system from the page's icon and the SVG files in assets/tray, with an installed Chromium
 * (CHROMIUM, or Debian's). Run by hand after a change of a drawing (`node scripts/icons.mjs`); what it writes is
 * committed, so that no build needs a browser.
 */
import fs from 'node:fs'
import path from 'node:path'
import { chromium } from '@playwright/test'
import { encodeIcns, encodeIco } from './icon-files.mjs'
import { root } from './node-bundle.mjs'

const assets = path.join(root, 'assets')
const appIcon = '../src/renderer/app/icon.svg'
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
const page = await browser.newPage()

/**
 * A drawing as a PNG with alpha.
 * @param {string} drawing an SVG, relative to assets/
 * @param {number} size of the picture, in pixels
 * @param {number} [share] of the picture that the drawing takes, the rest being an even margin
 */
async function render(drawing, size, share = 1) {
  const svg = fs.readFileSync(path.join(assets, drawing), 'utf8')
  const drawn = size * share
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(
    `<body style="margin:${(size - drawn) / 2}px"><div style="width:${drawn}px;height:${drawn}px">${svg}</div>`,
  )
  return await page.screenshot({ omitBackground: true })
}

/**
 * @param {string} name in assets/
 * @param {Uint8Array} content
 */
function write(name, content) {
  const file = path.join(assets, name)
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, content)
  process.stderr.write(`[icons] ${name}: ${content.length} bytes\n`)
}

/**
 * @param {string} drawing
 * @param {readonly number[]} sizes
 * @param {number} [share]
 */
async function renderAll(drawing, sizes, share) {
  const pictures = []
  for (const size of sizes) pictures.push({ size, png: await render(drawing, size, share) })
  return pictures
}

try {
  write('icon.png', await render(appIcon, 1024))
  for (const { size, png } of await renderAll(appIcon, [16, 24, 32, 48, 64, 128, 256, 512])) {
    write(`icons/${size}x${size}.png`, png)
  }
  // Apple's grid: the tile is 824 of 1024 wide. Elsewhere a tile fills its square.
  write(
    'icon.icns',
    encodeIcns(await renderAll(appIcon, [16, 32, 64, 128, 256, 512, 1024], 824 / 1024)),
  )
  write('icon.ico', encodeIco(await renderAll(appIcon, [16, 20, 24, 32, 40, 48, 64, 256])))
  for (const state of ['ok', 'attention', 'broken']) {
    // Panels on Linux are 22 to 24 pixels high; the menu bar of macOS takes 16; Windows picks from the .ico.
    write(`tray/${state}.png`, await render(`tray/${state}.svg`, 24))
    write(`tray/${state}@2x.png`, await render(`tray/${state}.svg`, 48))
    write(`tray/${state}.ico`, encodeIco(await renderAll(`tray/${state}.svg`, [16, 20, 24, 32])))
    write(`tray/${state}Template.png`, await render(`tray/${state}Template.svg`, 16))
    write(`tray/${state}Template@2x.png`, await render(`tray/${state}Template.svg`, 32))
  }
} finally {
  await browser.close()
}
