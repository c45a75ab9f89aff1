import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { compileFunction } from 'node:vm'
import type { PageNames, PreloadSetup } from './wire.ts'

/** The scripts that run in each document of a window before any of its own. */
export interface PageScripts {
  readonly mainWorld: string
  readonly preloadWorld: string
}

/** Where the driver has put the bundled scripts of the page (guest-bundle.ts). */
let folder = ''

/** Says where the bundled scripts are. */
export function setScriptFolder(launchFolder: string): void {
  folder = launchFolder
}

/** What a sandboxed preload is wrapped in; guest/preload-world.ts calls it. */
const preloadParameters = [
  'require',
  'process',
  'Buffer',
  'global',
  'setImmediate',
  'clearImmediate',
  'exports',
  'module',
]

/** New names for the scripts of one page. */
export function createPageNames(): PageNames {
  const random = randomBytes(8).toString('hex')
  return {
    binding: `binding${random}`,
    receive: `receive${random}`,
    toMainWorld: `main${random}`,
    toPreloadWorld: `preload${random}`,
  }
}

/**
 * The scripts for one page. The preload is wrapped in a function as Electron wraps it; one that cannot be read or parsed
 * goes to `onPreloadError`, and the page goes without it.
 */
export function pageScripts(
  names: PageNames,
  preloadFile: string,
  onPreloadError: (error: Error) => void,
): PageScripts {
  const setup: PreloadSetup = { names, file: preloadFile, process: preloadProcess() }
  const preload = preloadFile === '' ? 'null' : readPreload(preloadFile, onPreloadError)
  return {
    mainWorld: `{${bundled('main-world')}
      guest.installMainWorld(${JSON.stringify(names)})}`,
    preloadWorld: `{${bundled('preload-world')}
      guest.installPreloadWorld(${JSON.stringify(setup)}, ${preload})}`,
  }
}

function bundled(name: string): string {
  // `var` would put the bundle's one name on the window.
  return readFileSync(path.join(folder, `${name}.js`), 'utf8').replace(/^var guest/m, 'let guest')
}

function readPreload(file: string, onError: (error: Error) => void): string {
  try {
    const text = readFileSync(file, 'utf8')
    compileFunction(text, preloadParameters, { filename: file })
    return `(function (${preloadParameters.join(', ')}) {\n${text}\n})`
  } catch (error) {
    onError(error instanceof Error ? error : new Error(String(error)))
    return 'null'
  }
}

/** What Electron gives a sandboxed preload for `process`. */
function preloadProcess(): PreloadSetup['process'] {
  const { arch, env, execPath, pid, platform, version, versions } = process
  return {
    arch,
    contextIsolated: true,
    env: { ...env },
    execPath,
    pid,
    platform,
    sandboxed: true,
    type: 'renderer',
    version,
    versions: { ...versions },
  }
}
