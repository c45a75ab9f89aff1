import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron'
import { decode, encode } from './codec.ts'
import type { DocumentLink } from './document-link.ts'
import { createEvent } from './event.ts'
import { invokeHandler, ipcMain } from './ipc-main.ts'
import { MessagePortMain } from './message-port-main.ts'
import { portArrive, portFromPage, portGone } from './port-symbols.ts'
import type { WebContents } from './web-contents.ts'
import type { FromPage } from './wire.ts'

/** What a page says to the application, not to its own window. */
export type PageMessage = Exclude<FromPage, { kind: 'window-open' | 'preload-error' }>

/** Hands a message of a page to `ipcMain`, or to the port that it is for. */
export function receivePageMessage(
  contents: WebContents,
  link: DocumentLink,
  message: PageMessage,
): void {
  const land = (ids: readonly string[]): MessagePortMain[] =>
    ids.map((id) => MessagePortMain[portFromPage](link, id))
  switch (message.kind) {
    case 'send':
      ipcMain.emit(message.channel, ipcEvent(contents, []), ...decodeList(message.args))
      break
    case 'post': {
      const ports = land(message.ports)
      ipcMain.emit(message.channel, ipcEvent(contents, ports), decode(message.message, ports))
      break
    }
    case 'invoke':
      void invoke(contents, link, message)
      break
    case 'port-message': {
      const ports = land(message.ports)
      link.ports.get(message.port)?.[portArrive](decode(message.data, ports), ports)
      break
    }
    case 'port-closed':
      link.ports.get(message.port)?.[portGone]()
      link.ports.delete(message.port)
  }
}

async function invoke(
  contents: WebContents,
  link: DocumentLink,
  { id, channel, args }: Extract<FromPage, { kind: 'invoke' }>,
): Promise<void> {
  try {
    const event = ipcEvent(contents, [])
    const value = await ipcMain[invokeHandler](channel, event, decodeList(args))
    link.post({ kind: 'result', id, value: encode(value) })
  } catch (error) {
    console.error(`Error occurred in handler for '${channel}':`, error)
    const message = `Error invoking remote method '${channel}': ${String(error)}`
    link.post({ kind: 'failure', id, message })
  }
}

/** The preload world sends its arguments as one list. */
function decodeList(args: Parameters<typeof decode>[0]): unknown[] {
  const decoded = decode(args)
  return Array.isArray(decoded) ? decoded : []
}

function ipcEvent(
  contents: WebContents,
  ports: MessagePortMain[],
): IpcMainEvent & IpcMainInvokeEvent {
  const { mainFrame } = contents
  const event = Object.assign(createEvent(), {
    type: 'frame' as const,
    sender: contents,
    senderFrame: mainFrame,
    processId: mainFrame.processId,
    frameId: mainFrame.routingId,
    ports,
    reply: (channel: string, ...args: unknown[]) => contents.send(channel, ...args),
    returnValue: undefined,
  })
  // The stand-in's objects are Electron's as far as they go: conformance.ts.
  return event as unknown as IpcMainEvent & IpcMainInvokeEvent
}
