/**
 * Builds the Node programs, Electron's main process, its preload and the renderer, each to its folder below out/, on Node 24. A new build takes the place of
 * the old one only when it is complete; the stamp that calls it fresh is the bootstrap's.
 */
import fs from 'node:fs'
import { builtinModules } from 'node:module'
import path from 'node:path'
import { rolldown } from 'rolldown'
import { build as viteBuild } from 'vite'
import {
  mainBundle,
  natives,
  nodeBundle,
  nodeEntries,
  outsideImports,
  preloadBundle,
  root,
} from './node-bundle.mjs'

const next = path.join(root, 'out', '.next')

/** @param {string} text */
function say(text) {
  process.stderr.write(`[build] ${text}\n`)
}

/**
 * @param {string} what
 * @param {() => Promise<string>} step answers what it made
 */
async function timed(what, step) {
  const started = performance.now()
  const made = await step()
  say(`${what}: ${made} in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}

/**
 * @typedef {{
 *   folder: string,
 *   options: import('rolldown').InputOptions,
 *   format: 'esm' | 'cjs',
 *   extension: 'js' | 'cjs',
 *   outside: readonly string[],
 * }} Program
 *   A bundle below out/, and the packages that it may leave outside of itself beside the modules of Node.
 */

/** @param {Program} program */
async function buildProgram({ folder, options, format, extension, outside }) {
  await using bundle = await rolldown(options)
  const { output } = await bundle.write({
    dir: path.join(next, folder),
    format,
    entryFileNames: `[name].${extension}`,
    chunkFileNames: `[name]-[hash].${extension}`,
    sourcemap: true,
    comments: { legal: true },
  })
  const unknown = outsideImports(output).filter(
    (name) =>
      !name.startsWith('node:') && !builtinModules.includes(name) && !outside.includes(name),
  )
  if (unknown.length > 0) {
    throw new Error(`The bundle would import what is not shipped: ${unknown.join(', ')}`)
  }
  return output
    .flatMap((file) => (file.type === 'chunk' && file.isEntry ? file.name : []))
    .join(', ')
}

/** @type {readonly Program[]} */
const programs = [
  {
    folder: 'node',
    options: nodeBundle(nodeEntries),
    format: 'esm',
    extension: 'js',
    outside: natives,
  },
  {
    folder: 'main',
    options: mainBundle({ main: 'src/main/main.ts' }),
    format: 'esm',
    extension: 'js',
    outside: ['electron', ...natives],
  },
  {
    folder: 'preload',
    options: preloadBundle({ preload: 'src/preload/main.ts' }),
    format: 'cjs',
    extension: 'cjs',
    outside: ['electron'],
  },
]

async function buildRenderer() {
  await viteBuild({
    configFile: path.join(root, 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: path.join(next, 'renderer'), emptyOutDir: true },
  })
  return 'index.html'
}

/**
 * Puts the finished build in the place of the last one.
 * @param {string} name
 */
function swapIn(name) {
  const made = path.join(next, name)
  const place = path.join(root, 'out', name)
  fs.rmSync(place, { recursive: true, force: true, maxRetries: 5 })
  if (fs.existsSync(made)) fs.renameSync(made, place)
}

fs.rmSync(next, { recursive: true, force: true })
for (const program of programs) await timed(program.folder, async () => await buildProgram(program))
await timed('renderer', buildRenderer)
for (const name of [...programs.map(({ folder }) => folder), 'renderer']) swapIn(name)
fs.rmSync(next, { recursive: true, force: true })
