import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { processesOf, repository } from '../temp-core.ts'

/** The built command line. `npm test` builds it before the tests run. */
const cli = join(repository, 'out', 'node', 'cli.js')
const packages = join(repository, 'node_modules', '@modelcontextprotocol')

/** The published servers, run by the Node that runs the tests. */
export const realServers = {
  everything: server('server-everything'),
  filesystem: server('server-filesystem', tmpdir()),
  memory: server('server-memory'),
  thinking: server('server-sequential-thinking'),
} as const

/** What one command answered. */
export interface Answer {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** What a command gets beside its arguments. */
export interface RunOptions {
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** Sent when the text stands on stderr. */
  readonly signalOn?: { readonly text: string; readonly signal: NodeJS.Signals }
}

/** A person's home of its own, with the built command line. Without a keychain, and without a key unless one is given. */
export class CliHome {
  readonly home = mkdtempSync(join(tmpdir(), 'mcp-manager-cli-'))
  readonly #env: Readonly<Record<string, string>>

  constructor(env: Readonly<Record<string, string>> = {}) {
    if (!existsSync(cli)) throw new Error(`${cli} is missing: run npm test, which builds it`)
    this.#env = env
  }

  /** The environment that the commands see. */
  environment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
    return {
      PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
      HOME: this.home,
      SHELL: '/bin/sh',
      MCP_MANAGER_HOME: join(this.home, 'data'),
      ...this.#env,
      ...more,
    }
  }

  /** Starts a command without waiting for its end. */
  spawn(args: readonly string[], { env, cwd }: RunOptions = {}) {
    return spawn(process.execPath, [cli, ...args], {
      env: this.environment(env),
      cwd: cwd ?? this.home,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
  }

  /** Runs a command at a terminal of its own, where all it says is `stdout`. On Linux only. */
  async runAtTerminal(args: readonly string[], { env, input }: RunOptions): Promise<Answer> {
    const line = [process.execPath, cli, ...args].map((word) => `'${word}'`).join(' ')
    const child = spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], {
      env: this.environment(env),
      cwd: this.home,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    return await answerOf(child, input === undefined ? {} : { input })
  }

  /** Runs a command to its end. */
  async run(args: readonly string[], options: RunOptions = {}): Promise<Answer> {
    return await answerOf(this.spawn(args, options), options)
  }

  /** Runs a command with `--json` and reads its one value. */
  async json(args: readonly string[], options: RunOptions = {}) {
    const { code, stdout, stderr } = await this.run(['--json', ...args], options)
    return { code, stderr, value: JSON.parse(stdout) as Record<string, unknown> }
  }

  /** Writes a file below the home and answers with its path. */
  write(name: string, content: unknown): string {
    const file = join(this.home, name)
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
    return file
  }

  /** Ends the host and removes the home. Throws where a process of this home is still there. */
  async dispose(): Promise<void> {
    // Without its lock there is no host to end, and to say so takes a third of a second of a core.
    if (existsSync(join(this.home, 'data', 'host.json'))) await this.run(['down'])
    let left = processesOf(this.home)
    // The system's opener of links (xdg-open) is not ours to end: it tries its browsers for a moment and ends by itself.
    for (let tries = 0; left.some((line) => line.includes('xdg-open')) && tries < 100; tries += 1) {
      await setTimeout(100)
      left = processesOf(this.home)
    }
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 })
    if (left.length > 0) throw new Error(`Still running: ${left.join('; ')}`)
  }
}

function server(name: string, ...args: string[]) {
  return { command: process.execPath, args: [join(packages, name, 'dist', 'index.js'), ...args] }
}

/** What a command answers once it has ended. */
async function answerOf(
  child: ChildProcessWithoutNullStreams,
  { input, signalOn }: Pick<RunOptions, 'input' | 'signalOn'>,
): Promise<Answer> {
  child.stdin.end(input ?? '')
  let stdout = ''
  let stderr = ''
  let pending = signalOn
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
    if (pending === undefined || !stderr.includes(pending.text)) return
    child.kill(pending.signal)
    pending = undefined
  })
  return await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, stdout, stderr }))
  })
}
