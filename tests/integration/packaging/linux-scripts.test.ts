import { execFileSync } from 'node:child_process'
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { repository } from '../temp-core.ts'

// The scripts that dpkg and rpm run, on another root as dpkg does it with --root and chrootless scripts.
if (process.platform === 'linux') {
  const desktop = '/usr/bin/mcp-manager-desktop'
  const cli = '/usr/bin/mcp-manager'
  const autostart = '/home/ann/.config/autostart/mcp-manager.desktop'
  let root = ''
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'mcp-manager-root-'))
    put('/opt/MCP Manager/chrome-sandbox', '')
    put('/etc/passwd', 'ann:x:1000:1000:Ann:/home/ann:/bin/sh\nbin:x:2:2:bin:/bin:/bin/false\n')
    put(autostart, 'Exec="/opt/MCP Manager/mcp-manager-desktop" --hidden\n')
    runScript('after-install', 'configure')
  })
  afterEach(() => rmSync(root, { recursive: true }))

  describe('after the installation', () => {
    it('links the desktop and the command line', () => {
      expect(readlinkSync(join(root, desktop))).toBe('/opt/MCP Manager/mcp-manager-desktop')
      expect(readlinkSync(join(root, cli))).toBe('/opt/MCP Manager/resources/bin/mcp-manager')
    })

    it('lets the sandbox helper run for everyone', () => {
      expect(statSync(join(root, '/opt/MCP Manager/chrome-sandbox')).mode & 0o755).toBe(0o755)
    })

    it('can be run again', () => {
      runScript('after-install', 'configure')
      expect(readlinkSync(join(root, cli))).toBe('/opt/MCP Manager/resources/bin/mcp-manager')
    })
  })

  describe('after the removal', () => {
    it.each(['remove', 'purge', '0'])('takes links and login item away (%s)', (argument) => {
      runScript('after-remove', argument)
      expect([desktop, cli, autostart].filter((file) => isThere(file))).toEqual([])
    })

    it.each(['upgrade', 'abort-install', '1'])(
      'keeps them for the new version (%s)',
      (argument) => {
        runScript('after-remove', argument)
        expect([desktop, cli, autostart].filter((file) => isThere(file))).toHaveLength(3)
      },
    )

    it('leaves what is not its own', () => {
      const others = '/home/ann/.config/autostart/other.desktop'
      put(others, 'Exec=/opt/MCP Manager Pro/run\n')
      rmSync(join(root, cli))
      symlinkSync('/home/ann/bin/mcp-manager', join(root, cli))
      runScript('after-remove', 'remove')
      expect(isThere(others)).toBe(true)
      expect(readlinkSync(join(root, cli))).toBe('/home/ann/bin/mcp-manager')
    })

    it('removes its AppArmor profile', () => {
      put('/etc/apparmor.d/mcp-manager-desktop', '')
      runScript('after-remove', 'remove')
      expect(isThere('/etc/apparmor.d/mcp-manager-desktop')).toBe(false)
    })
  })

  function put(file: string, content: string): void {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), content)
  }

  /** Links count too: they point into the root that the system would have, and so at nothing here. */
  function isThere(file: string): boolean {
    return lstatSync(join(root, file), { throwIfNoEntry: false }) !== undefined
  }

  /** With the names filled in as electron-builder fills them in. */
  function runScript(name: string, argument: string): void {
    const names: Readonly<Record<string, string>> = {
      executable: 'mcp-manager-desktop',
      sanitizedProductName: 'MCP Manager',
    }
    const script = readFileSync(join(repository, `assets/linux/${name}.sh`), 'utf8').replaceAll(
      /\$\{([a-zA-Z]+)\}/g,
      (macro, key: string) => names[key] ?? macro,
    )
    execFileSync('/bin/sh', ['-euc', script, name, argument], {
      env: { PATH: process.env['PATH'], DPKG_ROOT: root },
    })
  }
}
