import type { IpcMainInvokeEvent } from 'electron'
import { StrictEmitter } from './strict.ts'

type InvokeHandler = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown

/** Runs the handler of a channel, as an `ipcRenderer.invoke` asks for. */
export const invokeHandler = Symbol('invokeHandler')

/** The class of `ipcMain`. */
export class IpcMain extends StrictEmitter {
  readonly #handlers = new Map<string, InvokeHandler>()

  handle(channel: string, handler: InvokeHandler): void {
    if (this.#handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`)
    }
    this.#handlers.set(channel, handler)
  }

  handleOnce(channel: string, handler: InvokeHandler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel)
      return handler(event, ...args)
    })
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel)
  }

  async [invokeHandler](
    channel: string,
    event: IpcMainInvokeEvent,
    args: readonly unknown[],
  ): Promise<unknown> {
    const handler = this.#handlers.get(channel)
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
    return handler(event, ...args)
  }
}

/** Electron's `ipcMain`. */
export const ipcMain = new IpcMain()
