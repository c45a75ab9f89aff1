import { create } from 'zustand'
import { defaultSettings, type Settings } from '../../shared/domain/settings.ts'

/** The settings, live; those of a fresh start until the host has told them. */
export const useSettings = create<Settings>(() => defaultSettings)

/** Takes in the newest settings. */
export function applySettings(items: readonly Settings[]): void {
  const newest = items.at(-1)
  if (newest !== undefined) useSettings.setState(newest)
}
