// @ts-check
'use strict'

/**
 * The walls between the layers (docs/architecture.md, "Layers"). Each rule has a seeded violation in
 * tests/architecture/seeded that it must report.
 */

/** What each layer may import beside itself. */
const layers = {
  shared: [],
  core: ['shared'],
  host: ['core', 'shared'],
  main: ['host', 'core', 'shared'],
  preload: ['shared'],
  renderer: ['shared'],
  headless: ['host', 'core', 'shared'],
  cli: ['headless', 'host', 'shared'],
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...Object.entries(layers).map(([layer, allowed]) => ({
      name: `layer-${layer}`,
      comment: `src/${layer} may import only: ${[layer, ...allowed].join(', ')}.`,
      severity: /** @type {const} */ ('error'),
      from: { path: `^src/${layer}/` },
      to: { path: '^(src|tests|scripts)/', pathNot: `^src/(${[layer, ...allowed].join('|')})/` },
    })),
    {
      name: 'no-new-layer',
      comment: 'A folder directly under src is a layer: it needs a line in this file first.',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(${Object.keys(layers).join('|')})/` },
      to: {},
    },
    {
      name: 'no-electron',
      comment: 'Only the desktop face knows Electron: these modules throw under plain Node.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main|preload)/' },
      to: { path: '(^|node_modules/)electron(-updater)?(/|$)' },
    },
    {
      name: 'preload-electron-only',
      comment: 'The preload runs in a sandbox: of the packages it can have only Electron itself.',
      severity: 'error',
      from: { path: '^src/preload/' },
      to: { path: '(^|/)node_modules/|^electron-', pathNot: 'node_modules/electron/' },
    },
    {
      name: 'no-node-in-pure-layers',
      comment: 'shared and the renderer run in a browser: no module of Node.',
      severity: 'error',
      from: { path: '^src/(shared|renderer)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'shared-packages',
      comment: 'shared is pure: beside itself it has zod, and of oRPC the contract and its errors.',
      severity: 'error',
      from: { path: '^src/shared/' },
      to: { path: 'node_modules/', pathNot: 'node_modules/(zod|@orpc/(contract|client))/' },
    },
    {
      name: 'no-unresolvable',
      comment: 'An import that resolves to nothing is a wall with a hole in it.',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true, pathNot: '^electron$' },
    },
    {
      name: 'no-cycles',
      comment: 'Two modules that import each other are one module.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A module that imports nothing and that nothing imports is dead.',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: '\\.d\\.ts$' },
      to: {},
    },
  ],
  options: {
    // TypeScript 7 has no API that dependency-cruiser can use: without this it reads no module and reports success.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    // What is public is served as it is: no module.
    exclude: { path: '\\.(css|svg|png)$|^src/renderer/public/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.d.ts', '.json'],
    },
  },
}
