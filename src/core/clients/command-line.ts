import { splitWords } from '../../shared/lib/split-words.ts'

/** A program and its arguments. */
export interface CommandLine {
  readonly command: string
  readonly args: readonly string[]
}

/**
 * Tells whether a `command` holds a whole command line, such as `docker run -i image`, and takes it apart. Some people write
 * it so although few clients accept it. A command that starts with a path is never taken apart: its spaces may be part of it.
 * @returns null when the command is one program.
 */
export function wholeCommandLine(command: string): CommandLine | null {
  const [program, ...args] = splitWords(command.trim()) ?? []
  if (program === undefined || args.length === 0) return null
  return /^[\w.@+-]+$/.test(program) ? { command: program, args } : null
}
