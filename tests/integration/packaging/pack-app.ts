import { execFile } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { packagedNode } from '../../../scripts/bootstrap.cjs'

const root = join(import.meta.dirname, '../../..')

/** What every stub carries in the place of its fuses: a wire of version 1 with all nine on. */
export const fuseWire = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\x01\x09111111111'

/**
 * Packs the built product as `npm run package -- --linux --dir` does, with a stub in the place of Electron, which cannot
 * be had without a download. Works on a copy of the checkout, so that nothing in it changes.
 * @param folder empty; takes the copy
 * @returns the folder of the packed application
 * @throws what electron-builder says where it fails
 */
export async function packApp(folder: string): Promise<string> {
  const checkout = copyCheckout(folder)
  const electron = join(folder, 'electron')
  makeElectron(electron)
  await runPacker(checkout, ['--linux', `-c.electronDist=${electron}`])
  return join(checkout, 'dist/linux-unpacked')
}

/** A checkout with what the packer reads, and with what may lie in one and must never be shipped. */
export function copyCheckout(folder: string): string {
  const checkout = join(folder, 'checkout')
  mkdirSync(checkout, { recursive: true })
  for (const name of ['package.json', 'LICENSE', 'electron-builder.yml', 'assets', 'scripts']) {
    cpSync(join(root, name), join(checkout, name), { recursive: true })
  }
  cpSync(join(root, 'out'), join(checkout, 'out'), { recursive: true })
  addModules(checkout)
  addDecoys(checkout)
  addMain(checkout)
  return checkout
}

/** Makes the folder of an application, and no installers. */
export async function runPacker(checkout: string, args: readonly string[]): Promise<void> {
  const packer = join(checkout, 'node_modules/electron-builder/cli.js')
  await promisify(execFile)(process.execPath, [packer, '--dir', '--publish=never', ...args], {
    cwd: checkout,
    maxBuffer: 1e7,
  })
}

/**
 * What is packed as real files, because npm sees through a link and takes what it finds for packages of another checkout;
 * the packer as a link.
 */
function addModules(checkout: string): void {
  const node = relative(root, join(packagedNode(), '../..'))
  const natives = ['@napi-rs', '@koromix', 'koffi'].map((name) => `node_modules/${name}`)
  for (const name of [...natives, node]) {
    cpSync(join(root, name), join(checkout, name), { recursive: true })
  }
  symlinkSync(
    join(root, 'node_modules/electron-builder'),
    join(checkout, 'node_modules/electron-builder'),
  )
}

/** What may lie in a checkout and must never be shipped. */
function addDecoys(checkout: string): void {
  for (const file of [
    '.env',
    'secrets.json',
    'out/.built',
    'docs/screenshots/a.png',
    'tests/a.test.ts',
  ]) {
    mkdirSync(join(checkout, file, '..'), { recursive: true })
    writeFileSync(join(checkout, file), 'decoy')
  }
}

/** The entry that the packer asks for, as long as there is no Electron face in the sources. */
function addMain(checkout: string): void {
  for (const file of ['out/main/main.js', 'out/preload/preload.cjs']) {
    const path = join(checkout, file)
    if (existsSync(path)) continue
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, '// The Electron face is not built.\n')
  }
}

/**
 * A distribution of Electron as far as the packer looks at it. Its program carries a fuse wire with every fuse on, and runs
 * the headless host in the place of the desktop.
 */
function makeElectron(folder: string): void {
  mkdirSync(join(folder, 'locales'), { recursive: true })
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version', 'chrome-sandbox']) {
    writeFileSync(join(folder, name), '')
  }
  for (const name of ['locales/en-US.pak', 'locales/de.pak']) {
    writeFileSync(join(folder, name), '')
  }
  writeFileSync(
    join(folder, 'electron'),
    `#!/bin/sh\nexec "\${0%/*}/resources/bin/mcp-manager" serve\n${fuseWire}\n`,
  )
  chmodSync(join(folder, 'electron'), 0o755)
}
