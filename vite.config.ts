import babel from '@rolldown/plugin-babel'
import tailwindcss from '@tailwindcss/vite'
import react, { reactCompilerPreset } from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { appVersion } from './scripts/node-bundle.mjs'

/**
 * Zod tries `new Function` when a schema is made, which the content security policy refuses and reports. Schemas are made while
 * modules load, in whichever chunk comes first: so a module that switches this off takes the place of `zod`.
 */
function zodWithoutEval(): Plugin {
  const id = '\0zod-without-eval'
  return {
    name: 'zod-without-eval',
    enforce: 'pre',
    resolveId: (source) => (source === 'zod' ? id : null),
    load: (loaded) =>
      loaded === id
        ? "import { config } from 'zod/v4'; config({ jitless: true }); export * from 'zod/v4'"
        : null,
  }
}

/** Refuses a module of Node in what a browser runs: Vite would put an empty one in its place. */
function withoutNode(): Plugin {
  return {
    name: 'without-node',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
      const ofNode = chunks
        .flatMap((chunk) => [...chunk.imports, ...chunk.dynamicImports, ...chunk.moduleIds])
        .filter((name) => /^node:|__vite-browser-external/.test(name))
      if (ofNode.length > 0) this.error(`The page would need Node: ${ofNode.join(', ')}`)
    },
  }
}

/** The renderer: one page for the desktop window and the browser, which runs under a strict content security policy. */
export default defineConfig({
  root: 'src/renderer',
  base: './',
  plugins: [
    zodWithoutEval(),
    withoutNode(),
    react(),
    babel({ presets: [reactCompilerPreset()], sourceMap: false }),
    tailwindcss({ optimize: false }),
  ],
  define: { __APP_VERSION__: JSON.stringify(appVersion()) },
  build: {
    outDir: '../../out/renderer',
    emptyOutDir: true,
    target: 'es2024',
    // Each colour is light-dark(): of older browsers' targets a fixed choice at the root would be made of it, and a part of
    // the page could not have a theme of its own.
    cssTarget: ['chrome125', 'firefox128', 'safari17.5'],
    // The policy allows scripts and images from 'self' only: nothing may end up as inline script or data: URL.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // How long which plugin took is nothing that a person who starts the program wants to read.
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
})
