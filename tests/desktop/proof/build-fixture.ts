import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { rolldown } from 'rolldown'

const source = path.join(import.meta.dirname, '../fixture-app')

/** Builds the fixture application as the real one is built: an ESM main, a CJS preload, and the page's files. */
export async function buildFixture(folder: string): Promise<void> {
  const page = path.join(folder, 'page')
  mkdirSync(page, { recursive: true })
  copyFileSync(path.join(source, 'page/index.html'), path.join(page, 'index.html'))
  writeFileSync(
    path.join(folder, 'package.json'),
    JSON.stringify({
      name: 'fixture-app',
      productName: 'Fixture App',
      version: '1.2.3',
      type: 'module',
      main: 'main/main.js',
    }),
  )
  await bundle('main.ts', path.join(folder, 'main/main.js'), 'esm')
  await bundle('preload.ts', path.join(folder, 'preload/preload.cjs'), 'cjs')
  await bundle('page/page.ts', path.join(page, 'page.js'), 'esm')
}

async function bundle(from: string, file: string, format: 'esm' | 'cjs'): Promise<void> {
  await using build = await rolldown({
    input: path.join(source, from),
    platform: from === 'main.ts' ? 'node' : 'browser',
    external: ['electron', /^node:/],
  })
  await build.write({ file, format })
}
