import { execFile } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { promisify } from 'node:util'
import { extractFile, listPackage } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { repository } from '../temp-core.ts'
import { packApp } from './pack-app.ts'

const run = promisify(execFile)

// The packer needs the natives of its target, which npm installs for its own system only.
if (process.platform === 'linux') {
  describe('the packed application', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mcp-manager-pack-'))
    let app = ''
    let asar = ''
    beforeAll(async () => {
      app = await packApp(folder)
      asar = join(app, 'resources/app.asar')
    })
    afterAll(() => rmSync(folder, { recursive: true }))

    it('has its fuses as docs/security.md says', async () => {
      const wire = await getCurrentFuseWire(join(app, 'mcp-manager-desktop'))
      const [off, on] = Buffer.from('01')
      expect(wire).toMatchObject({
        [FuseV1Options.RunAsNode]: off,
        [FuseV1Options.EnableCookieEncryption]: on,
        [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: off,
        [FuseV1Options.EnableNodeCliInspectArguments]: off,
        [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on,
        [FuseV1Options.OnlyLoadAppFromAsar]: on,
        [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: off,
        [FuseV1Options.GrantFileProtocolExtraPrivileges]: off,
      })
    })

    it('holds these kinds of files in the asar and nothing else', () => {
      const files = listPackage(asar, { isPack: false }).filter(
        (file, _, all) => !all.some((other) => other.startsWith(`${file}${sep}`)),
      )
      expect(byKind(files, insideKinds)).toEqual({ missing: [], others: [] })
    })

    it('holds these kinds of files beside the asar and nothing else', () => {
      expect(byKind(filesBelow(app), outsideKinds)).toEqual({ missing: [], others: [] })
    })

    it('describes itself without what only a checkout needs', () => {
      const description: unknown = JSON.parse(extractFile(asar, 'package.json').toString('utf8'))
      expect(description).toMatchObject({
        name: 'mcp-manager',
        main: 'out/main/main.js',
        type: 'module',
        desktopName: 'mcp-manager-desktop.desktop',
      })
      expect(description).not.toHaveProperty('scripts')
      expect(description).not.toHaveProperty('devDependencies')
    })

    describe('its command line', () => {
      const data = join(folder, 'data')
      const foreign = join(folder, 'foreign')
      const cli = async (...args: string[]) => {
        const link = join(foreign, 'linked', 'mcp-manager')
        const env = { PATH: '', HOME: foreign, MCP_MANAGER_HOME: data }
        const { stdout } = await run(link, [...args, '--json'], { cwd: foreign, env })
        const answer: unknown = JSON.parse(stdout)
        return answer
      }
      beforeAll(() => {
        mkdirSync(join(foreign, 'linked'), { recursive: true })
        // As the packages do it: /usr/bin/mcp-manager is a link, and so may be what a person has made of it.
        symlinkSync(join(app, 'resources/bin/mcp-manager'), join(foreign, 'mcp-manager'))
        symlinkSync('../mcp-manager', join(foreign, 'linked/mcp-manager'))
      })

      it('runs by its own Node, from any directory, with an empty PATH', async () => {
        const { version }: { version: string } = JSON.parse(
          readFileSync(join(repository, 'package.json'), 'utf8'),
        )
        expect(await cli('version')).toEqual({
          version,
          node: expect.stringMatching(/^v24\./),
          platform: `${process.platform} ${process.arch}`,
        })
      })

      it('starts a server and calls its tool', async () => {
        const server = join(repository, 'tests/fixtures/servers/fixture-server.mjs')
        await run(
          join(foreign, 'mcp-manager'),
          ['add', 'fixture', '--', join(app, 'resources/node/bin/node'), server],
          { env: { PATH: '', HOME: foreign, MCP_MANAGER_HOME: data } },
        )
        expect(await cli('call', 'fixture', 'echo', '{"message":"packed"}')).toMatchObject({
          content: [{ type: 'text', text: 'packed' }],
        })
      })
    })

    describe('the smoke test that the workflows run on it', () => {
      const smoke = join(repository, 'scripts/smoke-packaged.mjs')

      it('passes', async () => {
        const { stderr } = await run(process.execPath, [smoke, app])
        expect(stderr).toContain('the phase of a server: running')
      })

      it('fails where the application ends at its start', async () => {
        const broken = join(folder, 'broken')
        mkdirSync(broken)
        symlinkSync(join(app, 'resources'), join(broken, 'resources'))
        const program = join(broken, 'mcp-manager-desktop')
        writeFileSync(program, '#!/bin/sh\nexit 3\n', { mode: 0o755 })
        await expect(run(process.execPath, [smoke, broken])).rejects.toMatchObject({
          code: 1,
          stderr: expect.stringContaining('ended at its start, with code 3'),
        })
      })
    })
  })
}

/** What the asar holds. Each kind has to be there. */
const insideKinds = [
  /^package\.json$/,
  /^LICENSE$/,
  /^out\/main\/[\w.-]+\.js$/,
  /^out\/preload\/preload\.cjs$/,
  /^out\/node\/cli\.js$/,
  /^out\/node\/[\w.-]+\.js$/,
  /^out\/renderer\/(index\.html|first-theme\.js)$/,
  /^out\/renderer\/assets\/[\w.-]+\.(js|css)$/,
  /^out\/renderer\/assets\/[\w.-]+\.(svg|woff2?)$/,
  /^assets\/icon\.png$/,
  /^assets\/tray\/(ok|attention|broken)(Template)?(@2x)?\.png$/,
  /^assets\/tray\/(ok|attention|broken)\.ico$/,
  /^node_modules\/@napi-rs\/keyring\/(index\.js|package\.json|LICENSE)$/,
  /^node_modules\/@napi-rs\/keyring-linux-\w+-gnu\/(package\.json|LICENSE\.third-party\.md)$/,
  /^node_modules\/@napi-rs\/keyring-linux-\w+-gnu\/keyring\.linux-\w+-gnu\.node$/,
  /^node_modules\/koffi\/(index\.js|package\.json|LICENSE\.txt|src\/koffi\/index\.js)$/,
  /^node_modules\/@koromix\/koffi-linux-\w+\/(index\.js|package\.json|linux_\w+\/koffi\.node)$/,
]

/** What lies around it: the stub of Electron, and what plain Node reads. */
const outsideKinds = [
  /^mcp-manager-desktop$/,
  /^(LICENSE\.electron\.txt|LICENSES\.chromium\.html|version|chrome-sandbox)$/,
  /^locales\/en-US\.pak$/,
  /^resources\/app\.asar$/,
  /^resources\/app-update\.yml$/,
  /^resources\/bin\/mcp-manager$/,
  /^resources\/node\/bin\/node$/,
  /^resources\/node\/LICENSE$/,
  /^resources\/app\.asar\.unpacked\/package\.json$/,
  /^resources\/app\.asar\.unpacked\/out\/node\/(cli|log-store-worker|schema-check-process|watchdog-process)\.js$/,
  /^resources\/app\.asar\.unpacked\/out\/node\/[\w.-]+\.js$/,
  /^resources\/app\.asar\.unpacked\/out\/renderer\/(index\.html|first-theme\.js)$/,
  /^resources\/app\.asar\.unpacked\/out\/renderer\/assets\/[\w.-]+\.(js|css|svg|woff2?)$/,
  /^resources\/app\.asar\.unpacked\/node_modules\/@napi-rs\/keyring\/(index\.js|package\.json|LICENSE)$/,
  /^resources\/app\.asar\.unpacked\/node_modules\/@napi-rs\/keyring-linux-\w+-gnu\/[\w.-]+\.node$/,
  /^resources\/app\.asar\.unpacked\/node_modules\/@napi-rs\/keyring-linux-\w+-gnu\/(package\.json|LICENSE\.third-party\.md)$/,
  /^resources\/app\.asar\.unpacked\/node_modules\/koffi\/(index\.js|package\.json|LICENSE\.txt|src\/koffi\/index\.js)$/,
  /^resources\/app\.asar\.unpacked\/node_modules\/@koromix\/koffi-linux-\w+\/(index\.js|package\.json|linux_\w+\/koffi\.node)$/,
]

/** The kinds that no file is of, and the files that are of no kind. */
function byKind(files: readonly string[], kinds: readonly RegExp[]) {
  const paths = files.map((file) => file.split(sep).join('/').replace(/^\//, ''))
  return {
    missing: kinds.filter((kind) => !paths.some((path) => kind.test(path))),
    others: paths.filter((path) => !kinds.some((kind) => kind.test(path))),
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
}
