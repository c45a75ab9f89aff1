import { constants } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { bindLinuxCalls, type LinuxCalls } from '../processes/native/linux-calls.ts'
import { mapInTurns, readProcLink, unlessAbsent } from './read-proc.ts'

/** Whether anybody holds the other end of an input, so that something may still come. */
export type InputState = 'open' | 'closed'

/**
 * The states of inputs (`pipe:[N]`, `socket:[N]`). What cannot be told is left out.
 * @param readers for each input a process that has it as its stdin.
 */
export async function readInputStates(
  readers: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, InputState>> {
  const inputs = [...readers]
  const states = new Map<string, InputState>()
  if (inputs.some(([input]) => input.startsWith('socket:'))) {
    const sockets = socketStates(await readFile('/proc/net/unix', 'utf8'))
    for (const [input] of inputs) {
      const state = sockets.get(input)
      if (state !== undefined) states.set(input, state)
    }
  }
  const pipes = inputs.filter(([input]) => input.startsWith('pipe:'))
  const calls = pipes.length === 0 ? null : await callsOrNull()
  if (calls === null) return states
  await mapInTurns(pipes, async ([input, pid]) => {
    const state = await pipeState(input, pid, calls)
    if (state !== null) states.set(input, state)
  })
  return states
}

/**
 * The states of connected sockets by `/proc/net/unix`. A connected stream socket counts three references (its file, the
 * table, its peer) and two once the peer has let go of it (net/unix/af_unix.c, unix_release_sock). Pure.
 */
export function socketStates(table: string): ReadonlyMap<string, InputState> {
  const states = new Map<string, InputState>()
  for (const line of table.split('\n').slice(1)) {
    const [, references = '', , , type, state, inode] = line.trim().split(/\s+/)
    if (type !== '0001' || state !== '03') continue
    states.set(`socket:[${inode}]`, Number.parseInt(references, 16) <= 2 ? 'closed' : 'open')
  }
  return states
}

/**
 * The kernel is asked, by the reader's own end: whose processes hold the other one is not for everybody to see. Null where
 * that process is gone or not ours, or its stdin is another one by now.
 */
async function pipeState(
  input: string,
  pid: number,
  { isHungUp }: LinuxCalls,
): Promise<InputState | null> {
  // Nothing but a pipe is opened: to open a device may do something.
  if ((await readProcLink(pid, 'fd/0')) !== input) return null
  return await unlessAbsent(async () => {
    const handle = await open(`/proc/${pid}/fd/0`, pipeEnd)
    try {
      const { ino } = await handle.stat()
      if (input !== `pipe:[${ino}]`) return null
      return isHungUp(handle.fd) ? 'closed' : 'open'
    } finally {
      await handle.close()
    }
  })
}

/** How the reading end is opened: not waiting for a writer. */
const pipeEnd = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY

async function callsOrNull(): Promise<LinuxCalls | null> {
  try {
    return await bindLinuxCalls()
  } catch {
    // No koffi for this system: what cannot be asked is not known. Who adopts orphans tells why it cannot be loaded.
    return null
  }
}
