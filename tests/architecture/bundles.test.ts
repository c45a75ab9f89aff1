import { builtinModules } from 'node:module'
import path from 'node:path'
import { rolldown } from 'rolldown'
import { build } from 'vite'
import { describe, expect, test } from 'vitest'
import {
  mainBundle,
  natives,
  nodeBundle,
  outsideImports,
  preloadBundle,
} from '../../scripts/node-bundle.mjs'
import { root, sourceFiles } from './source-files.ts'

/** What a bundle of these files imports from outside, read from the bundle itself. */
async function outsideOf(files: string[], bundleOf = nodeBundle): Promise<string[]> {
  await using bundle = await rolldown({ ...bundleOf(files), logLevel: 'silent' })
  const { output } = await bundle.generate({ format: 'esm' })
  return outsideImports(output)
}

const isElectron = (name: string): boolean => /^electron($|[-/])/.test(name)

describe('what plain Node runs', () => {
  test.each(['core', 'host', 'headless', 'cli'])('%s imports no electron', async (layer) => {
    const files = sourceFiles(`src/${layer}`)
    expect(files.length).toBeGreaterThan(0)
    expect((await outsideOf(files)).filter(isElectron)).toEqual([])
  })

  test('a seeded import of electron is found', async () => {
    const file = 'tests/architecture/seeded/no-electron/src/core/violation.ts'
    expect(await outsideOf([file])).toEqual(['electron'])
  })
})

describe('what Electron runs', () => {
  test('the main process holds all it needs but Electron, Node and what is native', async () => {
    const outside = await outsideOf(['src/main/main.ts'], mainBundle)
    expect(outside).toContain('electron')
    const known = (name: string) => name.startsWith('node:') || builtinModules.includes(name)
    expect(outside.filter((name) => !known(name))).toEqual(['electron', ...natives].toSorted())
  })

  test('the preload has Electron, and nothing of Node', async () => {
    expect(await outsideOf(['src/preload/main.ts'], preloadBundle)).toEqual(['electron'])
  })

  test('a seeded import of node:fs in a preload is found', async () => {
    const file = 'tests/architecture/seeded/bundle-preload/src/preload/violation.ts'
    expect(await outsideOf([file], preloadBundle)).toEqual(['node:fs'])
  })
})

describe('what a browser runs', () => {
  // The build itself refuses it (vite.config.ts), so that the page's own is looked at with each build.
  test('a seeded import of node:fs fails the build', async () => {
    const rendererRoot = path.join(root, 'tests/architecture/seeded/bundle-renderer/src/renderer')
    const building = build({
      configFile: path.join(root, 'vite.config.ts'),
      root: rendererRoot,
      logLevel: 'silent',
      build: { write: false },
    })
    await expect(building).rejects.toThrow('The page would need Node: __vite-browser-external')
  })
})
