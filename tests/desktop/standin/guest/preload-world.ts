import { decode, encode } from '../codec.ts'
import type { FromPage, NamedFile, PreloadSetup, ToPage } from '../wire.ts'
import { Bridge } from './bridge.ts'
import { Emitter } from './emitter.ts'
import { PagePorts } from './page-ports.ts'

/** A sandboxed preload, wrapped as Electron wraps it. */
type Preload = (
  this: unknown,
  require: (id: string) => unknown,
  process: unknown,
  buffer: unknown,
  global: unknown,
  setImmediate: unknown,
  clearImmediate: unknown,
  exports: object,
  module: { exports: object },
) => void

interface Call {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/** Runs a window's preload in a world of its own, with the `electron` that a sandboxed preload gets. */
export function installPreloadWorld(setup: PreloadSetup, preload: Preload | null): void {
  if (window.top !== window) return
  const bridge = new Bridge(setup.names.toPreloadWorld, setup.names.toMainWorld)
  const tell = createTeller(setup.names.binding)
  bridge.onOpen = (url, frameName, features) => {
    tell({ kind: 'window-open', url, frameName, features })
  }
  const ports = new PagePorts(tell)
  const calls = new Map<number, Call>()
  const ipcRenderer = createIpcRenderer(tell, ports, calls)
  const files: NamedFile[] = []
  Object.assign(window, {
    [setup.names.receive]: (batch: string) => {
      // Written by the main process, by the types of wire.ts.
      for (const operation of JSON.parse(batch) as ToPage[]) {
        receive(operation, { ipcRenderer, ports, calls, files })
      }
    },
  })
  if (preload === null) return
  const electron = createElectron(bridge, ipcRenderer, files)
  const scope = { exports: {} }
  const immediate = {
    set: (run: () => void) => setTimeout(run, 0),
    clear: clearTimeout.bind(window),
  }
  try {
    preload.call(
      scope.exports,
      (id) => requireInPreload(id, electron),
      strict('process', Object.assign(new Emitter(), setup.process)),
      strict('Buffer', {}),
      window,
      immediate.set,
      immediate.clear,
      scope.exports,
      scope,
    )
  } catch (error) {
    console.error(`Unable to load preload script: ${setup.file}`, error)
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
    tell({ kind: 'preload-error', file: setup.file, message, stack })
  }
}

/** Tells the main process; what is told within one turn goes in one batch, in order. */
function createTeller(binding: string): (operation: FromPage) => void {
  // Chromium has put this function on the window of this world.
  const send = Reflect.get(window, binding) as (batch: string) => void
  let batch: FromPage[] = []
  return (operation) => {
    batch.push(operation)
    if (batch.length > 1) return
    queueMicrotask(() => {
      const text = JSON.stringify(batch)
      batch = []
      send(text)
    })
  }
}

interface Receiver {
  readonly ipcRenderer: Emitter
  readonly ports: PagePorts
  readonly calls: Map<number, Call>
  readonly files: NamedFile[]
}

function receive(operation: ToPage, { ipcRenderer, ports, calls, files }: Receiver): void {
  switch (operation.kind) {
    case 'event': {
      const landed = ports.land(operation.ports)
      const args = decode(operation.args, landed)
      const event = { sender: ipcRenderer, ports: landed }
      ipcRenderer.emit(operation.channel, event, ...(Array.isArray(args) ? args : []))
      break
    }
    case 'result':
      calls.get(operation.id)?.resolve(decode(operation.value))
      calls.delete(operation.id)
      break
    case 'failure':
      calls.get(operation.id)?.reject(new Error(operation.message))
      calls.delete(operation.id)
      break
    case 'port-message':
      ports.deliver(operation.port, operation.data, operation.ports)
      break
    case 'port-closed':
      ports.close(operation.port)
      break
    case 'files':
      files.push(...operation.files)
  }
}

function createIpcRenderer(
  tell: (operation: FromPage) => void,
  ports: PagePorts,
  calls: Map<number, Call>,
): Emitter {
  let lastCall = 0
  const methods = {
    send(channel: string, ...args: unknown[]) {
      tell({ kind: 'send', channel, args: encode(args) })
    },
    invoke(channel: string, ...args: unknown[]) {
      return new Promise((resolve, reject) => {
        const encoded = encode(args)
        const id = ++lastCall
        calls.set(id, { resolve, reject })
        tell({ kind: 'invoke', id, channel, args: encoded })
      })
    },
    postMessage(channel: string, message: unknown, transfer: readonly MessagePort[] = []) {
      const encoded = encode(message, transfer)
      // A transferred port is dead for its sender, as it is in Electron.
      const moved = transfer.map((port) => structuredClone(port, { transfer: [port] }))
      tell({ kind: 'post', channel, message: encoded, ports: ports.adopt(moved) })
    },
  }
  return strict('ipcRenderer', Object.assign(new Emitter(), methods))
}

function createElectron(
  bridge: Bridge,
  ipcRenderer: Emitter,
  files: readonly NamedFile[],
): Readonly<Record<string, unknown>> {
  return strict('electron', {
    contextBridge: strict('contextBridge', {
      exposeInMainWorld: (key: string, api: unknown) => {
        bridge.expose(key, api)
      },
    }),
    ipcRenderer,
    webUtils: strict('webUtils', {
      // A page's file has no path that a script can read: tests say which file they are about to drop.
      getPathForFile: ({ name, size, lastModified }: File) =>
        files.find(
          (file) => file.name === name && file.size === size && file.lastModified === lastModified,
        )?.path ?? '',
    }),
  })
}

/** A sandboxed preload can load these modules and no other one. */
function requireInPreload(id: string, electron: Readonly<Record<string, unknown>>): unknown {
  switch (id.replace(/^node:/, '')) {
    case 'electron':
    case 'electron/renderer':
    case 'electron/common':
      return electron
    case 'events':
      return Object.assign(Emitter, { EventEmitter: Emitter })
    case 'timers':
      return { setTimeout, setInterval, clearTimeout, clearInterval }
    case 'url':
      return { URL, URLSearchParams }
    default:
      throw new Error(`module not found: ${id}`)
  }
}

function strict<T extends object>(name: string, object: T): T {
  return new Proxy(object, {
    get(target, key) {
      if (typeof key === 'symbol' || key in target || key === 'then') {
        const value: unknown = Reflect.get(target, key)
        // A method runs on the object itself: private fields do not go through a proxy.
        return typeof value === 'function' ? value.bind(target) : value
      }
      throw new Error(`Electron stand-in: ${name}.${key} is not implemented in the preload`)
    },
  })
}
