import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { getRawHeader } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyCheckout, fuseWire, runPacker } from './pack-app.ts'

// Packed on Linux, where there is nothing to sign with: what the application is made of is the same.
if (process.platform === 'linux') {
  describe('the application for macOS', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mcp-manager-pack-mac-'))
    let app = ''
    beforeAll(async () => {
      app = await packMacApp(folder)
    })
    afterAll(() => rmSync(folder, { recursive: true }))
    const contents = (path: string) => join(app, 'Contents', path)

    it('carries the digest of its asar, which Electron compares at each start', () => {
      const { headerString } = getRawHeader(contents('Resources/app.asar'))
      const digest = createHash('sha256').update(headerString).digest('hex')
      const description = readFileSync(contents('Info.plist'), 'utf8')
      expect(description).toMatch(
        new RegExp(`ElectronAsarIntegrity[^]*Resources/app\\.asar[^]*<string>${digest}</string>`),
      )
    })

    it('checks that digest, and loads nothing from elsewhere', async () => {
      const wire = await getCurrentFuseWire(app)
      const [on] = Buffer.from('1')
      expect(wire[FuseV1Options.EnableEmbeddedAsarIntegrityValidation]).toBe(on)
      expect(wire[FuseV1Options.OnlyLoadAppFromAsar]).toBe(on)
    })

    it('takes links of its scheme', () => {
      expect(readFileSync(contents('Info.plist'), 'utf8')).toMatch(
        /CFBundleURLSchemes<\/key>\s*<array>\s*<string>mcp-manager<\/string>/,
      )
    })

    it('has the command line and what it runs, and the page in both places', () => {
      expect(statSync(contents('Resources/bin/mcp-manager')).mode & 0o111).toBe(0o111)
      for (const file of ['package.json', 'out/node/cli.js', 'out/renderer/index.html']) {
        expect(existsSync(contents(`Resources/app.asar.unpacked/${file}`))).toBe(true)
      }
      const { files } = getRawHeader(contents('Resources/app.asar')).header
      expect(files).toMatchObject({
        out: { files: { renderer: { files: { 'index.html': { integrity: {} } } } } },
      })
    })
  })
}

async function packMacApp(folder: string): Promise<string> {
  const checkout = copyCheckout(folder)
  // The hook refuses another system's application, for which npm has installed no Node and no natives here.
  const config = join(checkout, 'electron-builder.yml')
  writeFileSync(config, readFileSync(config, 'utf8').replace(/^beforePack:.*$/m, ''))
  put(join(checkout, '.cache/package/node-mac-x64/bin/node'), '')
  const electron = join(folder, 'electron')
  makeElectron(join(electron, 'Electron.app/Contents'))
  await runPacker(checkout, [
    '--mac',
    '--x64',
    `-c.electronDist=${electron}`,
    '-c.electronFuses.resetAdHocDarwinSignature=false',
  ])
  return join(checkout, 'dist/mac/MCP Manager.app')
}

/** A distribution of Electron for macOS as far as the packer looks at it. */
function makeElectron(contents: string): void {
  const frameworks = join(contents, 'Frameworks')
  put(join(contents, 'Info.plist'), propertyList('Electron'))
  put(join(contents, 'MacOS/Electron'), '')
  put(join(contents, 'Resources/en.lproj/locale.pak'), '')
  put(join(frameworks, 'Electron Framework.framework/Electron Framework'), fuseWire)
  put(join(frameworks, 'Electron Framework.framework/Versions/A/Resources/en.lproj/locale.pak'), '')
  for (const kind of ['', ' (GPU)', ' (Renderer)', ' (Plugin)']) {
    const helper = join(frameworks, `Electron Helper${kind}.app/Contents`)
    put(join(helper, 'Info.plist'), propertyList(`Electron Helper${kind}`))
    put(join(helper, `MacOS/Electron Helper${kind}`), '')
  }
}

function propertyList(name: string): string {
  const entry = (key: string) => `<key>${key}</key><string>${name}</string>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict>${entry('CFBundleExecutable')}${entry('CFBundleIdentifier')}</dict></plist>
`
}

function put(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}
