import { create } from 'zustand'
import type { HostInfo } from '../../shared/contract/host.ts'

/** What the host is, live; null until it has told. */
export const useHostInfo = create<{ readonly info: HostInfo | null }>(() => ({ info: null }))

/** Takes in the newest facts. */
export function applyHostInfo(items: readonly HostInfo[]): void {
  const info = items.at(-1)
  if (info !== undefined) useHostInfo.setState({ info })
}
