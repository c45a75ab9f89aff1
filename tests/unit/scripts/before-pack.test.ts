import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chooseBundledNode } from '../../../scripts/before-pack.mjs'

const { platform, arch } = process
let folder = ''
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-manager-bundled-node-')))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('chooseBundledNode', () => {
  it('fails where npm has no Node for the platform, and says what to do', () => {
    expect(() => chooseBundledNode('sunos', 'x64', {})).toThrow(
      /no Node 24 for sunos-x64.*MCP_MANAGER_BUNDLED_NODE/,
    )
  })

  it('fails where the given one does not exist', () => {
    const env = { MCP_MANAGER_BUNDLED_NODE: join(folder, 'nothing') }
    expect(() => chooseBundledNode(platform, arch, env)).toThrow('does not exist')
  })

  it('fails where the given one is of another kind', () => {
    const env = { MCP_MANAGER_BUNDLED_NODE: process.execPath }
    expect(() => chooseBundledNode(platform, 'sparc', env)).toThrow(
      `for ${platform}-${arch}; the application for ${platform}-sparc needs`,
    )
  })

  it('takes the licence from above bin/, or from beside the binary', () => {
    const inBin = copyOfNode('unpacked/bin')
    const alone = copyOfNode('alone')
    writeFileSync(join(folder, 'unpacked/LICENSE'), '')
    expect(chooseBundledNode(platform, arch, { MCP_MANAGER_BUNDLED_NODE: inBin }).licence).toBe(
      join(folder, 'unpacked/LICENSE'),
    )
    expect(() => chooseBundledNode(platform, arch, { MCP_MANAGER_BUNDLED_NODE: alone })).toThrow(
      'no LICENSE',
    )
    writeFileSync(join(folder, 'alone/LICENSE'), '')
    expect(chooseBundledNode(platform, arch, { MCP_MANAGER_BUNDLED_NODE: alone }).licence).toBe(
      join(folder, 'alone/LICENSE'),
    )
  })
})

function copyOfNode(place: string): string {
  mkdirSync(join(folder, place), { recursive: true })
  const file = join(folder, place, platform === 'win32' ? 'node.exe' : 'node')
  copyFileSync(process.execPath, file)
  chmodSync(file, 0o755)
  return file
}
