import type { WebPreferences } from 'electron'
import { notImplemented } from './strict.ts'

/**
 * What a window may be created with. The stand-in has sandboxed, isolated windows only, and says so instead of running
 * another one as if it were one: whoever asks for less safety is refused.
 */
const accepted: Readonly<Record<string, (value: unknown) => boolean>> = {
  preload: (value) => typeof value === 'string',
  sandbox: isTrue,
  contextIsolation: isTrue,
  webSecurity: isTrue,
  nodeIntegration: isFalse,
  nodeIntegrationInWorker: isFalse,
  nodeIntegrationInSubFrames: isFalse,
  webviewTag: isFalse,
  allowRunningInsecureContent: isFalse,
  experimentalFeatures: isFalse,
  navigateOnDragDrop: isFalse,
  plugins: isFalse,
  backgroundThrottling: isBoolean,
  devTools: isBoolean,
  disableDialogs: isBoolean,
  safeDialogs: isBoolean,
  spellcheck: isBoolean,
  autoplayPolicy: (value) => typeof value === 'string',
  zoomFactor: (value) => typeof value === 'number' && value > 0,
}

/** Throws by name for a preference that the stand-in does not have or refuses. */
export function assertWebPreferences(preferences: WebPreferences): void {
  for (const [name, value] of Object.entries(preferences)) {
    if (value === undefined) continue
    const isAccepted = accepted[name]
    if (isAccepted === undefined) throw notImplemented(`webPreferences.${name}`)
    if (!isAccepted(value)) {
      throw new Error(`Electron stand-in: webPreferences.${name} = ${String(value)} is refused`)
    }
  }
}

function isTrue(value: unknown): boolean {
  return value === true
}

function isFalse(value: unknown): boolean {
  return value === false
}

function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean'
}
