import * as z from 'zod'
import type { ErrorInfo } from '../../shared/domain/errors.ts'
import { defaultSettings, type Settings, settingsSchema } from '../../shared/domain/settings.ts'
import { readState, type StateFormat } from '../storage/read-state.ts'
import { openStateFile } from '../storage/state-file.ts'

/** A change of settings: only the groups that are given change, each as a whole. */
export type SettingsPatch = { readonly [Group in keyof Settings]?: Settings[Group] | undefined }

/** The settings of the whole program. */
export interface SettingsStore {
  get(): Settings
  /**
   * Stores a change, then tells the listeners. Answers with the settings after it. Throws `state_read_only` where they
   * cannot be stored; nothing has changed then.
   */
  change(patch: SettingsPatch): Promise<Settings>
  /** Told of the settings after each change. The answer ends it. */
  onDidChange(listener: (settings: Settings) => void): () => void
}

/** Where the settings are kept. */
export interface SettingsOptions {
  /** Absolute path. */
  readonly file: string
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  readonly onNotice: (notice: ErrorInfo) => void
}

const format: StateFormat<Settings> = {
  version: 2,
  // Format 1 had no switches for what the program does by itself: it did all of it.
  migrations: {
    1: (data) => ({
      ...z.looseObject({}).parse(data),
      automation: { restart: true, park: true, kill: true, reap: true },
    }),
  },
  schema: settingsSchema,
}

/** Opens the settings; those of a fresh start where there are none yet. Throws what `openStateFile` throws. */
export async function openSettings(options: SettingsOptions): Promise<SettingsStore> {
  const state = await openStateFile({ ...options, ...format, defaults: () => defaultSettings })
  const listeners = new Set<(settings: Settings) => void>()
  return {
    get: () => state.get(),
    change: async (patch) => {
      const after = await state.update((settings) => ({
        appearance: patch.appearance ?? settings.appearance,
        startup: patch.startup ?? settings.startup,
        network: patch.network ?? settings.network,
        logs: patch.logs ?? settings.logs,
        automation: patch.automation ?? settings.automation,
        oauth: patch.oauth ?? settings.oauth,
      }))
      for (const listener of listeners) listener(after)
      return after
    },
    onDidChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/**
 * The settings as they are on disk, without mending or writing anything: for what has to be known before the data
 * directory is held. Those of a fresh start where there are none, or the file is damaged. Throws what `readState` throws.
 */
export async function readSettings(file: string): Promise<Settings> {
  const reading = await readState(file, format)
  return reading.kind === 'good' ? reading.value : defaultSettings
}
