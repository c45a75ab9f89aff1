/**
 * Builds the Node programs to out/node and the renderer to out/renderer, on Node 24. A new build takes the place of
 * the old one only when it is complete; the stamp that calls it fresh is the bootstrap's.
 */
import fs from 'node:fs'
import { builtinModules } from 'node:module'
import path from 'node:path'
import { rolldown } from 'rolldown'
import { build as viteBuild } from 'vite'
import { existingEntries, natives, nodeBundle, outsideImports, root } from './node-bundle.mjs'

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

async function buildNode() {
  const entries = existingEntries()
  if (Object.keys(entries).length === 0) return 'no sources yet'
  await using bundle = await rolldown(nodeBundle(entries))
  const { output } = await bundle.write({
    dir: path.join(next, 'node'),
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    sourcemap: true,
    comments: { legal: true },
  })
  const unknown = outsideImports(output).filter(
    (name) =>
      !name.startsWith('node:') && !builtinModules.includes(name) && !natives.includes(name),
  )
  if (unknown.length > 0) {
    throw new Error(`The bundle would import what is not shipped: ${unknown.join(', ')}`)
  }
  return Object.keys(entries).join(', ')
}

async function buildRenderer() {
  if (!fs.existsSync(path.join(root, 'src/renderer/index.html'))) return 'no sources yet'
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
await timed('node', buildNode)
await timed('renderer', buildRenderer)
swapIn('node')
swapIn('renderer')
fs.rmSync(next, { recursive: true, force: true })
