import { contextBridge, ipcRenderer } from 'electron'
import {
  type DesktopBridge,
  portChannel,
  portMessage,
  portRequestChannel,
} from '../shared/lib/port-handover.ts'

const bridge: DesktopBridge = { requestPort: () => ipcRenderer.send(portRequestChannel) }

contextBridge.exposeInMainWorld('desktop', bridge)
// A port cannot cross the context bridge; a message of the window carries it into the page's own world.
ipcRenderer.on(portChannel, (event) => {
  window.postMessage(portMessage, window.location.origin, [...event.ports])
})
