import { create } from 'zustand'
import type { ServerId } from '../../../shared/domain/ids.ts'

/** The server whose sign-in is open; null: none is. */
export const useSignInTarget = create<{ readonly serverId: ServerId | null }>(() => ({
  serverId: null,
}))

/** Opens the sign-in to a server. */
export function openSignIn(serverId: ServerId): void {
  useSignInTarget.setState({ serverId })
}

/** Closes it, which ends a sign-in that still runs. */
export function closeSignIn(): void {
  useSignInTarget.setState({ serverId: null })
}
