import { create } from 'zustand'
import type { SecretsState } from '../../shared/contract/secrets.ts'

/** The secrets without their values, live; null until the host has told them. */
export const useSecrets = create<{ readonly state: SecretsState | null }>(() => ({ state: null }))

/** Takes in the newest state. */
export function applySecrets(items: readonly SecretsState[]): void {
  const state = items.at(-1)
  if (state !== undefined) useSecrets.setState({ state })
}
