import { signalWindows } from './native/windows-signals.ts'
import { sendSignal } from './send-signal.ts'
import type { TreeMembers } from './tree-members.ts'

/** Sends a signal to processes. Answers the numbers of those that the system does not permit it to. */
export type SendSignal = (
  targets: TreeMembers,
  signal: 'SIGTERM' | 'SIGKILL',
) => Promise<ReadonlySet<number>>

/** Signals processes of this machine. One that is gone meanwhile is no fault. */
export const signalMembers: SendSignal = async ({ members, groups }, signal) => {
  if (process.platform === 'win32') return await signalWindows(members, signal)
  // Groups first: one call reaches members that fork meanwhile (kill(2)).
  for (const group of groups) sendSignal(-group, signal)
  return new Set(members.flatMap(({ pid }) => (sendSignal(pid, signal) ? [] : [pid])))
}
