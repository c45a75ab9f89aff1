/**
 * Runs an application on the stand-in, as `electron <folder> <arguments>` runs it on Electron:
 * `node run.ts <launch folder> <application folder> <arguments>`. The launch folder belongs to this run and holds what the
 * driver has bundled: the scripts of the page and the recorder.
 */
import { createRequire } from 'node:module'
import path from 'node:path'
import { App, becomeReady } from './app.ts'
import { readAppFolder } from './app-folder.ts'
import { serveDriver } from './control.ts'
import { createElectron } from './electron.ts'
import { lifecycle } from './lifecycle.ts'
import { serveElectron } from './module-hook.ts'
import { setScriptFolder } from './page-scripts.ts'
import { runtime } from './runtime.ts'
import { SingleInstance } from './single-instance.ts'

const [node = process.execPath, , launchFolder, appFolder] = process.argv
if (launchFolder === undefined || appFolder === undefined) {
  throw new Error('Usage: node run.ts <launch folder> <application folder> [arguments]')
}
process.argv = [node, appFolder, ...process.argv.slice(4)]

for (const [name, value] of Object.entries({
  // Chromium's version is the one that runs; Electron's is the one whose typings the stand-in keeps to.
  versions: Object.freeze({ ...process.versions, electron: '45.4.1', chrome: '156.0.0.0' }),
  type: 'browser',
  defaultApp: true,
  resourcesPath: appFolder,
})) {
  Object.defineProperty(process, name, { value })
}

setScriptFolder(launchFolder)
const folder = readAppFolder(appFolder)
const app = new App(folder, new SingleInstance(launchFolder))
const electron = createElectron(app)
serveElectron(electron)
serveDriver(electron)
createRequire(import.meta.url)(path.join(launchFolder, 'recorder.cjs'))

// Electron quits on these where the application has no say in it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => lifecycle.quit())
}

// As in Electron: the application is ready only when its main module has run to its end, top-level awaits included.
await import(folder.main)
if (!lifecycle.isEnding) {
  await runtime.start(path.join(launchFolder, `chromium-${process.pid}`))
  app[becomeReady]()
}
