import { once } from 'node:events'
import { constants, runInThisContext } from 'node:vm'
import { BrowserWindow } from './browser-window.ts'
import type { Implemented } from './electron.ts'
import { runtime } from './runtime.ts'
import { hostOf } from './web-contents.ts'
import type { NamedFile } from './wire.ts'

/** What the driver asks of this process, beside a function of the test's own. */
export type ControlRequest =
  | { readonly id: number; readonly kind: 'evaluate'; readonly code: string; readonly arg: unknown }
  | { readonly id: number; readonly kind: 'endpoint' | 'window' }
  | { readonly id: number; readonly kind: 'files'; readonly files: readonly NamedFile[] }

/** The answer to a request. */
export type ControlAnswer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: string }

/** Answers the driver over the channel that it has opened for this process; without a driver this process ends. */
export function serveDriver(electron: Implemented): void {
  process.on('message', (request: ControlRequest) => {
    void answer(request, electron).then((sent) => {
      if (process.connected) process.send?.(sent)
    })
  })
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
  process.channel?.unref()
}

async function answer(request: ControlRequest, electron: Implemented): Promise<ControlAnswer> {
  const { id } = request
  try {
    return { id, value: await run(request, electron) }
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

async function run(request: ControlRequest, electron: Implemented): Promise<unknown> {
  switch (request.kind) {
    case 'evaluate':
      return evaluate(request.code, electron, request.arg)
    case 'endpoint':
      await electron.app.whenReady()
      return runtime.chromium.endpoint
    case 'window':
      if (BrowserWindow.getAllWindows().length === 0) {
        await once(electron.app, 'browser-window-created')
      }
      return BrowserWindow.getAllWindows()[0]?.webContents[hostOf].targetId()
    case 'files':
      for (const { webContents } of BrowserWindow.getAllWindows()) {
        webContents[hostOf].link.post({ kind: 'files', files: request.files })
      }
      return null
  }
}

/** Runs a test's function in this process, as Playwright's `electronApp.evaluate` does. */
async function evaluate(code: string, electron: object, arg: unknown): Promise<unknown> {
  // The text of a function that a test wrote.
  const written = runInThisContext(`(${code})`, {
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  }) as (electron: object, arg: unknown) => unknown
  return written(electron, arg)
}
