import fs from 'node:fs'
import path from 'node:path'

/** The root of the checkout. */
export const root = path.resolve(import.meta.dirname, '..')

/**
 * The programs in out/node, each a file that Node runs. All but the first have to lie beside the others: they are started by
 * their path next to the running file.
 * @type {Readonly<Record<string, string>>}
 */
export const nodeEntries = {
  cli: 'src/cli/main.ts',
  'log-store-worker': 'src/core/logs/log-store-worker.ts',
  'schema-check-process': 'src/core/tools/schema-check-process.ts',
  'watchdog-process': 'src/core/processes/watchdog/watchdog-process.ts',
}

/** The only packages that are not bundled: they hold native code. They are also package.json's only `dependencies`. */
export const natives = ['@napi-rs/keyring', 'koffi']

/** The version of the application, from package.json. */
export function appVersion() {
  /** @type {{ version: string }} */
  const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'))
  return version
}

/**
 * How rolldown bundles sources for Node. One place, so that the walls' tests read the same bundle that is shipped.
 * @param {Record<string, string> | string[]} input
 * @returns {import('rolldown').InputOptions}
 */
export function nodeBundle(input) {
  return {
    cwd: root,
    input,
    platform: 'node',
    // Electron stays outside where it must not be at all, so that the build and the walls see the import.
    external: [/^node:/, /^electron($|[-/])/, ...natives],
    // jsonc-parser's `main` is UMD, whose require() no bundler can follow; its `module` is the same in ESM.
    resolve: { mainFields: ['module', 'main'] },
    transform: { define: { __APP_VERSION__: JSON.stringify(appVersion()) } },
  }
}

/**
 * How rolldown bundles Electron's main process: as any other program for Node, with Electron itself outside of it.
 * @param {Record<string, string> | string[]} input
 * @returns {import('rolldown').InputOptions}
 */
export function mainBundle(input) {
  return { ...nodeBundle(input), external: [/^node:/, 'electron', ...natives] }
}

/**
 * How rolldown bundles the preload: it runs in a sandbox, without Node, as one file of CommonJS.
 * @param {Record<string, string> | string[]} input
 * @returns {import('rolldown').InputOptions}
 */
export function preloadBundle(input) {
  return { cwd: root, input, platform: 'browser', external: ['electron'] }
}

/**
 * What a bundle imports from outside of itself: node: modules and packages, sorted.
 * @param {ReadonlyArray<import('rolldown').OutputChunk | import('rolldown').OutputAsset>} output
 * @returns {string[]}
 */
export function outsideImports(output) {
  const chunks = output.filter((file) => file.type === 'chunk')
  const own = new Set(chunks.map((chunk) => chunk.fileName))
  const imports = chunks.flatMap((chunk) => [...chunk.imports, ...chunk.dynamicImports])
  return [...new Set(imports)].filter((name) => !own.has(name)).toSorted()
}
