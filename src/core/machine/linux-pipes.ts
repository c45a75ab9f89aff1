import { readFile } from 'node:fs/promises'
import { mapInTurns, readProcLink, readProcNames } from './read-proc.ts'

/**
 * Which of these inputs (`pipe:[N]`, `socket:[N]`) nobody holds the other end of any more, so that nothing will ever come.
 * What cannot be told is left out.
 * @param holders the processes that read from each, which do not count.
 * @param pids all processes.
 */
export async function closedInputs(
  holders: ReadonlyMap<string, ReadonlySet<number>>,
  pids: readonly number[],
): Promise<ReadonlySet<string>> {
  const inputs = [...holders.keys()]
  const closed = new Set<string>()
  if (inputs.some((input) => input.startsWith('socket:'))) {
    const lonely = lonelySockets(await readFile('/proc/net/unix', 'utf8'))
    for (const input of inputs) if (lonely.has(input)) closed.add(input)
  }
  const pipes = new Set(inputs.filter((input) => input.startsWith('pipe:')))
  if (pipes.size > 0) {
    const held = await heldPipes(pipes, holders, pids)
    for (const pipe of pipes) if (!held.has(pipe)) closed.add(pipe)
  }
  return closed
}

/**
 * The connected sockets whose other end is gone, by `/proc/net/unix`. A connected stream socket counts three references (its
 * file, the table, its peer) and two once the peer has let go of it (net/unix/af_unix.c, unix_release_sock). Pure.
 */
export function lonelySockets(table: string): ReadonlySet<string> {
  const lonely = new Set<string>()
  for (const line of table.split('\n').slice(1)) {
    const [, references = '', , , type, state, inode] = line.trim().split(/\s+/)
    if (type === '0001' && state === '03' && Number.parseInt(references, 16) <= 2) {
      lonely.add(`socket:[${inode}]`)
    }
  }
  return lonely
}

/** The pipes that a process other than their readers has open. */
async function heldPipes(
  pipes: ReadonlySet<string>,
  holders: ReadonlyMap<string, ReadonlySet<number>>,
  pids: readonly number[],
): Promise<ReadonlySet<string>> {
  const held = new Set<string>()
  await mapInTurns(pids, async (pid) => {
    for (const name of await readProcNames(pid, 'fd')) {
      const link = await readProcLink(pid, `fd/${name}`)
      if (link !== null && pipes.has(link) && holders.get(link)?.has(pid) !== true) held.add(link)
    }
  })
  return held
}
