import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { rolldown } from 'rolldown'

const here = import.meta.dirname

/** What is bundled for each run: the recorder for the main process, and the stand-in's scripts for its pages. */
const bundles = [
  { name: 'recorder.cjs', source: 'recorder.ts', format: 'cjs' },
  { name: 'main-world.js', source: 'standin/guest/main-world.ts', format: 'iife' },
  { name: 'preload-world.js', source: 'standin/guest/preload-world.ts', format: 'iife' },
] as const

let bundled: Promise<ReadonlyMap<string, string>> | null = null

/** Makes a folder for one run of an application, with everything in it that is bundled for it. Its maker removes it. */
export async function createLaunchFolder(): Promise<string> {
  bundled ??= bundleAll()
  const files = await bundled
  // The path is short: a socket in it has room for about a hundred bytes.
  const folder = mkdtempSync(path.join(tmpdir(), 'desktop-'))
  for (const [name, text] of files) writeFileSync(path.join(folder, name), text)
  return folder
}

async function bundleAll(): Promise<ReadonlyMap<string, string>> {
  const texts = await Promise.all(
    bundles.map(async ({ name, source, format }) => {
      await using bundle = await rolldown({
        input: path.join(here, source),
        external: ['electron'],
        platform: format === 'cjs' ? 'node' : 'browser',
      })
      const { output } = await bundle.generate({ format, name: 'guest' })
      return [name, output[0].code] as const
    }),
  )
  return new Map(texts)
}
