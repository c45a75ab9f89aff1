import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packApp } from '../integration/packaging/pack-app.ts'
import type { Figure } from './figure.ts'

/** What the installed application weighs beside Electron, which cannot be had without a download: a stub stands for it. */
export async function measurePackage(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mcp-manager-bench-'))
  try {
    const app = await packApp(folder)
    const node = sizeOf(join(app, 'resources/node'))
    return [
      {
        what: 'installed on Linux, without Electron',
        value: mb(sizeOf(app)),
        bound: `${mb(node)} bundled Node`,
      },
      {
        what: 'of it what Electron runs (app.asar)',
        value: mb(sizeOf(join(app, 'resources/app.asar'))),
        bound: '',
      },
    ]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Of a file or of all files below a folder, in bytes. */
function sizeOf(path: string): number {
  if (!statSync(path).isDirectory()) return statSync(path).size
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
}

function mb(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
