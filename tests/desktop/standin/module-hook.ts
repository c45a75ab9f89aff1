import { registerHooks } from 'node:module'

const address = 'standin:electron'
const served = new Set(['electron', 'electron/main', 'electron/common'])

/**
 * Makes `electron` this module for every import and require of this thread, also of packages that are not bundled.
 * Workers and child processes of the application do not get it, as they do not in Electron.
 */
export function serveElectron(electron: Readonly<Record<string, unknown>>): void {
  Object.assign(globalThis, { [globalName]: electron })
  const names = Object.keys(electron)
  const source = `const electron = globalThis[Symbol.for('electron stand-in')]
export const { ${names.join(', ')} } = electron
export { electron as default, electron as 'module.exports' }`
  registerHooks({
    resolve: (specifier, context, nextResolve) => {
      if (served.has(specifier)) return { url: address, shortCircuit: true }
      if (specifier === 'electron/renderer') {
        throw new Error("Cannot find module 'electron/renderer' in the main process")
      }
      return nextResolve(specifier, context)
    },
    load: (url, context, nextLoad) =>
      url === address ? { format: 'module', source, shortCircuit: true } : nextLoad(url, context),
  })
}

const globalName = Symbol.for('electron stand-in')
