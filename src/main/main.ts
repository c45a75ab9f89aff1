import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, dialog } from 'electron'
import * as z from 'zod'
import { createHostOptions } from '../host/host-environment.ts'
import { errorSentence } from '../shared/domain/describe-error.ts'
import { AppError } from '../shared/domain/errors.ts'
import { linkScheme } from './deep-link.ts'
import { Desktop } from './desktop.ts'
import { desktopPaths } from './desktop-paths.ts'
import { sayDesktop } from './desktop-texts.ts'
import { guardContents } from './guard-contents.ts'
import { readLaunchArguments } from './launch-arguments.ts'
import { registerPageScheme } from './page-scheme.ts'
import { openPreferences } from './preferences.ts'

/** As electron-builder.yml has it. */
const appId = 'io.github.mcp-manager'

/** What a second start hands over to the first one. */
const handoverSchema = z.object({ args: z.array(z.string()), cwd: z.string() })

/** Everything up to the lock has to run before the application is ready, so nothing here waits. */
function launch(): void {
  const checkoutNode = process.env['MCP_MANAGER_NODE']
  // Not for servers: they inherit this environment.
  delete process.env['MCP_MANAGER_NODE']
  const host = createHostOptions(process.env, true)
  const folder = join(host.paths.root, 'desktop')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  app.setPath('userData', folder)
  app.setName(sayDesktop('name', {}))
  registerPageScheme()
  if (process.platform === 'win32') {
    // Windows shows notifications of a program that it knows by its id only, and has no file in which a scheme is declared.
    app.setAppUserModelId(appId)
    if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme)
  }
  guardContents(host.logger)

  // In a checkout the first argument is the program that Electron runs.
  const args = process.argv.slice(app.isPackaged ? 1 : 2)
  const handover = { args, cwd: process.cwd() }
  if (!app.requestSingleInstanceLock(handover)) return app.exit(0)
  const paths = desktopPaths({
    mainDir: import.meta.dirname,
    isPackaged: app.isPackaged,
    resourcesDir: process.resourcesPath,
    platform: process.platform,
    arch: process.arch,
    checkoutNode,
  })
  const desktop = new Desktop({
    host,
    paths,
    openPreferences: async () =>
      await openPreferences(folder, (notice) => host.logger.warn({ notice }, 'notice')),
  })
  app.on('second-instance', (_event, _argv, _cwd, data) => {
    const given = handoverSchema.safeParse(data)
    if (given.success) desktop.take(readLaunchArguments(given.data.args, given.data.cwd))
    desktop.show()
  })
  const asked = readLaunchArguments(args, handover.cwd)
  desktop.take(asked)
  desktop.start(asked.isHidden).catch((error: unknown) => {
    host.logger.fatal({ err: error }, 'the desktop did not start')
    giveUp(error)
  })
}

/** Says why there is no window, and ends. */
function giveUp(error: unknown): void {
  const reason = error instanceof AppError ? errorSentence(error.code, error.data) : String(error)
  dialog.showErrorBox(sayDesktop('start.failed', {}), reason)
  app.exit(1)
}

try {
  launch()
} catch (error) {
  // Such as a vault key that is too short, or a working directory that is gone: Electron would show a stack and live on.
  giveUp(error)
}
