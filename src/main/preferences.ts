import { join } from 'node:path'
import * as z from 'zod'
import { openStateFile, type StateFile } from '../core/storage/state-file.ts'
import {
  type DesktopSettings,
  type DesktopSettingsPatch,
  desktopSettingsSchema,
} from '../shared/contract/desktop.ts'
import type { ErrorInfo } from '../shared/domain/errors.ts'
import { windowPlaceSchema } from './place-window.ts'

const preferencesSchema = z.object({
  settings: desktopSettingsSchema,
  /** Null before the window was moved for the first time. */
  window: windowPlaceSchema.nullable(),
})
/** What the desktop keeps for itself, beside the host's state that all faces share. */
export type Preferences = z.infer<typeof preferencesSchema>

/** The preferences of a fresh start. */
export const defaultPreferences: Preferences = {
  settings: { startAtLogin: false, onClose: 'ask', notifications: true, checkForUpdates: true },
  window: null,
}

/** Opens the desktop's own file. A damaged one is kept aside and its backup used. Throws what `openStateFile` throws. */
export async function openPreferences(
  folder: string,
  onNotice: (notice: ErrorInfo) => void,
): Promise<StateFile<Preferences>> {
  return await openStateFile({
    file: join(folder, 'preferences.json'),
    version: 1,
    migrations: {},
    schema: preferencesSchema,
    defaults: () => defaultPreferences,
    now: Date.now,
    onNotice,
  })
}

/** Settings with a change in them. Pure. */
export function withPatch(settings: DesktopSettings, patch: DesktopSettingsPatch): DesktopSettings {
  return {
    startAtLogin: patch.startAtLogin ?? settings.startAtLogin,
    onClose: patch.onClose ?? settings.onClose,
    notifications: patch.notifications ?? settings.notifications,
    checkForUpdates: patch.checkForUpdates ?? settings.checkForUpdates,
  }
}
