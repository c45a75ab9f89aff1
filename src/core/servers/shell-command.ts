import type { ResolvedCommand } from './resolve-command.ts'

/** A system's shell with a command line of the person, for `spawn`. Pure. */
export function shellCommand(
  line: string,
  platform: NodeJS.Platform = process.platform,
): ResolvedCommand {
  // Verbatim: Node would escape the quotes in the line, which cmd.exe takes for quotes and a stray backslash. It takes the outer
  // ones off itself (`cmd /?`, on /S).
  return platform === 'win32'
    ? { command: 'cmd.exe', args: ['/d', '/s', '/c', `"${line}"`], verbatimArguments: true }
    : { command: '/bin/sh', args: ['-c', line], verbatimArguments: false }
}
