import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { rolldown } from 'rolldown'

const source = path.join(import.meta.dirname, 'fixture-app')
/** Where the fixture application is built to: a folder that `launch` takes. */
export const fixtureApp = path.join(import.meta.dirname, '../../.cache/desktop/fixture-app')

/** Builds the fixture application as the real one is built: an ESM main, a CJS preload, and the page's files. */
export async function buildFixture(): Promise<void> {
  rmSync(fixtureApp, { recursive: true, force: true })
  const page = path.join(fixtureApp, 'page')
  mkdirSync(page, { recursive: true })
  copyFileSync(path.join(source, 'page/index.html'), path.join(page, 'index.html'))
  writeFileSync(
    path.join(fixtureApp, 'package.json'),
    JSON.stringify({
      name: 'fixture-app',
      productName: 'Fixture App',
      version: '1.2.3',
      type: 'module',
      main: 'main/main.js',
    }),
  )
  await bundle('main.ts', 'main/main.js', 'esm')
  await bundle('preload.ts', 'preload/preload.cjs', 'cjs')
  await bundle('page/page.ts', 'page/page.js', 'esm')
}

async function bundle(from: string, to: string, format: 'esm' | 'cjs'): Promise<void> {
  await using build = await rolldown({
    input: path.join(source, from),
    platform: format === 'esm' && from === 'main.ts' ? 'node' : 'browser',
    external: ['electron', 'node:fs', /^node:/],
  })
  await build.write({ file: path.join(fixtureApp, to), format })
}
