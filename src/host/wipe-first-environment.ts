import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'

/** Where `env_start` stands in what follows the name in `/proc/PID/stat` (proc(5): field 50, and the name is field 2). */
const envStartAt = 50 - 3

/**
 * Overwrites the value of a variable in the environment that this process was started with. Linux shows that to programs of the
 * same account for as long as the process lives (`/proc/PID/environ`), whatever is deleted later. Does nothing on other systems,
 * and where the variable is not there. Throws where the system refuses.
 */
export function wipeFirstEnvironment(name: string): void {
  if (process.platform !== 'linux') return
  const block = readFileSync('/proc/self/environ')
  const at = valueInBlock(block, name)
  if (at === null) return
  const stat = readFileSync('/proc/self/stat', 'utf8')
  const envStart = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[envStartAt])
  const memory = openSync('/proc/self/mem', 'r+')
  try {
    writeSync(
      memory,
      Buffer.alloc(at.end - at.start, '*'),
      0,
      at.end - at.start,
      envStart + at.start,
    )
  } finally {
    closeSync(memory)
  }
}

/** Where the value of a variable stands in a block of `NAME=value`, each closed by a zero. Pure. */
export function valueInBlock(block: Buffer, name: string): { start: number; end: number } | null {
  const head = Buffer.from(`${name}=`)
  for (let from = 0; from < block.length; ) {
    const zero = block.indexOf(0, from)
    const end = zero < 0 ? block.length : zero
    if (block.subarray(from, from + head.length).equals(head))
      return { start: from + head.length, end }
    from = end + 1
  }
  return null
}
