import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** The built command line. */
export const cli = path.join(import.meta.dirname, '../../out/node/cli.js')

/** A person's home in a test, with the program's data in it, whichever face runs on it: what a journey needs of it. */
export abstract class TestHome {
  readonly home: string

  /** @param home a folder; it is made where it is missing */
  constructor(home: string) {
    mkdirSync(home, { recursive: true })
    this.home = home
  }

  /** Runs a command of the command line on it; answers with what it prints. */
  run(...args: readonly string[]): string {
    return execFileSync(process.execPath, [cli, ...args], {
      env: this.environment(),
      encoding: 'utf8',
      // It blocks this process, the test's own time-out included.
      timeout: 30_000,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  }

  /** Writes a `.claude.json` with these servers into the home and answers with its path. */
  writeClaudeJson(mcpServers: Readonly<Record<string, unknown>>): string {
    return this.writeFile('.claude.json', JSON.stringify({ mcpServers }))
  }

  /** Writes a file below the home, with its folders, and answers with its path. */
  writeFile(name: string, text: string): string {
    const file = path.join(this.home, name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, text)
    return file
  }

  /** Puts a command on the PATH of the host and its servers: it runs a script of Node with arguments, then its own. */
  addCommand(name: string, script: string, ...args: readonly string[]): void {
    const words = [process.execPath, script, ...args].map((word) => `'${word}'`).join(' ')
    chmodSync(this.writeFile(`bin/${name}`, `#!/bin/sh\nexec ${words} "$@"\n`), 0o755)
  }

  /** What a program that is started on it has in its environment. */
  protected environment(): Record<string, string> {
    return {
      PATH: `${path.join(this.home, 'bin')}:${process.env['PATH'] ?? ''}`,
      HOME: this.home,
      SHELL: '/bin/sh',
      MCP_MANAGER_HOME: path.join(this.home, 'data'),
    }
  }
}
