import { contextBridge, ipcRenderer, webUtils } from 'electron'

const bridge = {
  platform: process.platform,
  isSandboxed: process.sandboxed,
  bytes: new Uint8Array([1, 2, 3]),
  nested: { add: (a: number, b: number) => a + b },
  describe: (value: unknown): Promise<unknown> => ipcRenderer.invoke('describe', value),
  fail: (): Promise<unknown> => ipcRenderer.invoke('fail'),
  uncloneable: (): Promise<unknown> => ipcRenderer.invoke('describe', () => 1),
  each: (call: (n: number) => string) => [1, 2, 3].map((n) => call(n)),
  throws: () => {
    throw new RangeError('from the preload')
  },
  requireFs: (): string => {
    try {
      require('node:fs')
      return 'loaded'
    } catch (error) {
      return String(error)
    }
  },
  pathOf: (file: File) => webUtils.getPathForFile(file),
  connect: () => ipcRenderer.send('port-please'),
}

/** What the page finds on its window. */
export type Bridge = typeof bridge

contextBridge.exposeInMainWorld('bridge', bridge)
ipcRenderer.on('port', ({ ports }, about: unknown) => {
  window.postMessage({ kind: 'port', about }, location.origin, [...ports])
})
window.addEventListener('message', ({ source, data, ports }) => {
  if (source === window && data === 'page-port') {
    ipcRenderer.postMessage('page-port', null, [...ports])
  }
})
