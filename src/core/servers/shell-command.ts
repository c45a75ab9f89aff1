/** The system's shell with a command line of the person, for `spawn`. */
export function shellCommand(line: string): { command: string; args: string[] } {
  return process.platform === 'win32'
    ? { command: 'cmd.exe', args: ['/d', '/s', '/c', line] }
    : { command: '/bin/sh', args: ['-c', line] }
}
