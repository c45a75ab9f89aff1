import { join } from 'node:path'
import babel from '@rolldown/plugin-babel'
import tailwindcss from '@tailwindcss/vite'
import react, { reactCompilerPreset } from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { appVersion, root } from './scripts/node-bundle.mjs'

/** The renderer: one page for the desktop window and the browser, which runs under a strict content security policy. */
export default defineConfig({
  root: 'src/renderer',
  base: './',
  plugins: [
    react(),
    babel({ presets: [reactCompilerPreset()], sourceMap: false }),
    tailwindcss({ optimize: false }),
  ],
  // Zod without eval; see the file.
  resolve: {
    alias: [{ find: /^zod$/, replacement: join(root, 'src/renderer/zod-without-eval.ts') }],
  },
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
  },
})
