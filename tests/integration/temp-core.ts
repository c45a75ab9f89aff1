import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pino from 'pino'
import { expect, onTestFinished } from 'vitest'
import type { CoreOptions } from '../../src/core/core-options.ts'
import { type Core, createCore } from '../../src/core/create-core.ts'
import { defaultTiming, type LifecycleTiming } from '../../src/core/servers/lifecycle-timing.ts'
import { resolveDataPaths } from '../../src/host/data-dir.ts'
import { AppError } from '../../src/shared/domain/errors.ts'
import type { ServerId } from '../../src/shared/domain/ids.ts'
import type { ToolResult } from '../../src/shared/domain/inventory.ts'
import type { LogLine } from '../../src/shared/domain/log-line.ts'
import type { ServerDefinition, Transport } from '../../src/shared/domain/server-definition.ts'
import type { ServerPhase, ServerState } from '../../src/shared/domain/server-state.ts'
import type { ServerView } from '../../src/shared/domain/server-view.ts'
import type { JsonObject } from '../../src/shared/lib/json.ts'
import { findMarked } from '../fixtures/marked-processes.ts'

/** The repository. */
export const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
/** The small server that misbehaves on demand. */
export const fixtureServer = join(repository, 'tests/fixtures/servers/fixture-server.mjs')
/** A key for the vault file; the tests have no keychain. */
export const vaultKey = 'a key for tests only, long enough'

/** The waits of the program, made short where a test would only wait for them. */
export const quickTiming: LifecycleTiming = {
  ...defaultTiming,
  retry: { baseMs: 20, capMs: 40, jitter: 0 },
  grace: { stdinMs: 300, termMs: 300 },
}

/** A folder that is a home of its own: whatever carries its path in its environment or arguments belongs to the test. */
export interface TempHome {
  readonly root: string
  readonly home: string
  readonly data: string
}

/** Makes a folder that goes away with the test. */
export function makeTempHome(): TempHome {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-manager-life-')))
  const home = join(root, 'home')
  const data = join(root, 'data')
  mkdirSync(home)
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  return { root, home, data }
}

/** A core on a temporary directory, with shortcuts for what a test does with it. */
export interface TempCore {
  readonly core: Core
  readonly at: TempHome
  /** Adds a server that runs the fixture in a mode. */
  readonly addFixture: (mode: string, ...args: string[]) => Promise<ServerDefinition>
  readonly add: (name: string, transport: Transport, more?: object) => Promise<ServerDefinition>
  /** Starts a server and waits until it is settled. */
  readonly start: (id: ServerId) => Promise<ServerView>
  readonly state: (id: ServerId) => ServerState
  readonly call: (id: ServerId, tool: string, args?: JsonObject) => Promise<ToolResult>
  /** The lines that the log holds of a server. */
  readonly lines: (id: ServerId, source?: LogLine['source']) => string[]
  /** Closes the core and asserts that nothing of it is left. */
  readonly close: () => Promise<void>
}

/** Opens a core that is closed, and checked for leaks, when the test ends. */
export async function openTempCore(
  options: Partial<CoreOptions> = {},
  at: TempHome = makeTempHome(),
): Promise<TempCore> {
  const core = await createCore({
    paths: resolveDataPaths({ MCP_MANAGER_HOME: at.data }),
    env: { PATH: process.env['PATH'], HOME: at.home, SHELL: '/bin/sh', TEST_ROOT: at.root },
    homeDir: at.home,
    vaultKey,
    keychain: 'never',
    logger: pino({ level: 'silent' }),
    version: '0.0.0',
    timing: quickTiming,
    ...options,
  })
  let closed = false
  const close = async () => {
    if (closed) return
    closed = true
    await core.close()
    expect({ outlivedTheCore: processesOf(at.root) }).toEqual({ outlivedTheCore: [] })
  }
  onTestFinished(close)

  const add: TempCore['add'] = (name, transport, more = {}) =>
    core.editor.add({ name, transport, ...more })
  return {
    core,
    at,
    add,
    addFixture: (mode, ...args) => add(mode, stdio(process.execPath, fixtureServer, mode, ...args)),
    start: async (id) => {
      core.supervisor.command(id, 'start')
      return await settled(core, id)
    },
    state: (id) => core.supervisor.view(id).state,
    call: async (id, tool, args = {}) => (await callTool(core, id, tool, args)).result,
    lines: (id, source) =>
      core.logs
        .tail(id, 20_000)
        .filter((line) => source === undefined || line.source === source)
        .map((line) => line.text),
    close,
  }
}

/** Calls a tool without a listener. */
export async function callTool(
  core: Core,
  serverId: ServerId,
  tool: string,
  args: JsonObject = {},
  signal: AbortSignal = new AbortController().signal,
) {
  return await core.tools.call(
    { kind: 'cli' },
    { serverId, tool, args },
    { signal, onEvent: () => {} },
  )
}

/** A transport that runs a command without anything special. */
export function stdio(command: string, ...args: string[]): Transport {
  return { type: 'stdio', command, args, env: {}, cwd: null, envFile: null }
}

/** A remote transport without headers. */
export function remote(type: 'http' | 'sse', url: string): Transport {
  return { type, url, headers: {}, headersHelper: null }
}

/** The view of a server once it is settled. */
export async function settled(core: Core, id: ServerId): Promise<ServerView> {
  const view = await core.supervisor.settled(id)
  if (view === null) throw new Error(`${id} was removed`)
  return view
}

/** Waits for a view that fulfils the condition: the present one, or one after a change. */
export async function viewWhere(
  core: Core,
  id: ServerId,
  condition: (view: ServerView) => boolean,
): Promise<ServerView> {
  const now = core.supervisor.view(id)
  if (condition(now)) return now
  return await new Promise((resolve) => {
    const end = core.supervisor.onDidChange((event) => {
      if (event.type !== 'changed' || event.server.definition.id !== id) return
      if (!condition(event.server)) return
      end()
      resolve(event.server)
    })
  })
}

/** Waits until the server is in a phase. */
export async function phaseOf(core: Core, id: ServerId, phase: ServerPhase): Promise<ServerView> {
  return await viewWhere(core, id, (view) => view.state.phase === phase)
}

/** Waits for a line of a server's log that the expression matches, in what there is or what comes. */
export async function lineOf(core: Core, id: ServerId, pattern: RegExp): Promise<LogLine> {
  return await new Promise((resolve) => {
    const found = (line: LogLine) => {
      if (!pattern.test(line.text)) return
      subscription.unsubscribe()
      resolve(line)
    }
    const subscription = core.logs.subscribe(id, 20_000, found)
    for (const line of subscription.snapshot) found(line)
  })
}

/** The code of the error that a promise rejects with. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  return (await errorOf(promise)).code
}

/** The error that a promise rejects with; fails the test where it is none of ours. */
export async function errorOf(promise: Promise<unknown>): Promise<AppError> {
  try {
    await promise
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('It did not reject.')
}

/** The text of a result's first part. */
export function textOf(result: ToolResult): string {
  const text = result.content[0]?.['text']
  if (typeof text !== 'string') throw new Error(`no text in ${JSON.stringify(result)}`)
  return text
}

/** The state as a given phase; fails the test where it is another one. */
export function inPhase<P extends ServerPhase>(
  view: ServerView,
  phase: P,
): Extract<ServerState, { phase: P }> {
  expect(view.state).toMatchObject({ phase })
  // Asserted by the line above.
  return view.state as Extract<ServerState, { phase: P }>
}

/** Live processes, other than this one, that carry a text in their environment or their command line: `pid command`. */
export function processesOf(mark: string): string[] {
  return findMarked(mark).map(({ pid, command }) => `${pid} ${command}`)
}
