import type { PageNames } from '../wire.ts'
import { Bridge } from './bridge.ts'

/**
 * The stand-in's part in the page's own world: it makes what the preload exposes a property of the window, and answers
 * `window.open` as Electron answers one that is denied. Nothing else of it can be reached from the page.
 */
export function installMainWorld(names: PageNames): void {
  if (window.top !== window) return
  const bridge = new Bridge(names.toMainWorld, names.toPreloadWorld)
  window.open = (url, name, features) => {
    const target = new URL(String(url ?? 'about:blank'), location.href).href
    bridge.tellOpen(target, name ?? '', features ?? '')
    return null
  }
  bridge.onExpose = (key, value) => {
    if (Object.hasOwn(window, key)) {
      throw new Error('Cannot bind an API on top of an existing property on the window object')
    }
    Object.defineProperty(window, key, { value: frozen(value), enumerable: true })
  }
}

/** What is exposed cannot be changed by the page, at any depth. */
function frozen(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  Object.values(value).forEach(frozen)
  return Object.freeze(value)
}
