import { create } from 'zustand'
import type { ServerId } from '../../../shared/domain/ids.ts'

/** The server whose inputs are asked for; null: none are. */
export const useInputTarget = create<{ readonly serverId: ServerId | null }>(() => ({
  serverId: null,
}))

/** Asks for the inputs that a server lacks. */
export function openInputs(serverId: ServerId): void {
  useInputTarget.setState({ serverId })
}

/** Asks for nothing any more. */
export function closeInputs(): void {
  useInputTarget.setState({ serverId: null })
}
