import { type ChildProcess, spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { CDPSession } from '@playwright/test'

/** A session of the Chrome DevTools Protocol, typed as Playwright types it. */
export type CdpSession = Pick<CDPSession, 'on' | 'once' | 'off' | 'send'>

interface Waiting {
  readonly method: string
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
}

/** Chromium's messages, as far as the stand-in looks into them. */
interface Incoming {
  readonly id?: number
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
  readonly error?: { readonly message: string; readonly data?: string }
  readonly sessionId?: string
}

/**
 * A pipe from the driver, which Chromium gets as well: the driver's end is closed when both processes are gone, however they
 * ended. https://nodejs.org/api/child_process.html#optionsstdio
 */
export const lifelineFd = 4

const closeGraceMs = 5_000

const switches = [
  '--headless=new',
  '--remote-debugging-pipe',
  // The port is for the test's own Playwright.
  '--remote-debugging-port=0',
  '--no-first-run',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-popup-blocking',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--disable-features=Translate,MediaRouter,PaintHolding',
  // Electron's pages are told when the other end of a port is closed.
  '--enable-features=MessagePortCloseEvent',
]

/** Chromium as it is installed; `DESKTOP_TEST_CHROMIUM` names another one. Throws where there is none. */
function findChromium(): string {
  const named = process.env['DESKTOP_TEST_CHROMIUM']
  const found = [
    ...(named === undefined ? [] : [named]),
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ].find((file) => existsSync(file))
  if (found === undefined) throw new Error('Electron stand-in: no Chromium is installed')
  return found
}

/**
 * A headless Chromium that belongs to this process: it listens on a pipe, and ends with the pipe, however this process
 * ends. It also opens a port on loopback, by which the test's Playwright looks at its pages.
 */
export class Chromium {
  /** The session of the browser itself. */
  readonly browser: CdpSession
  /** Where Playwright can connect to (`ws://127.0.0.1:…`). */
  readonly endpoint: Promise<string>
  readonly #child: ChildProcess
  readonly #input: Writable
  readonly #sessions = new Map<string, EventEmitter>()
  readonly #waiting = new Map<number, Waiting>()
  #lastId = 0
  #isClosed = false

  private constructor(child: ChildProcess) {
    this.#child = child
    // The fourth and the fifth of `stdio` below are pipes.
    this.#input = child.stdio[3] as Writable
    const output = child.stdio[4] as Readable
    // Writing to a Chromium that has just gone: `close` of the other pipe tells everyone who waits.
    this.#input.on('error', () => this.#gone())
    this.#read(output)
    this.browser = this.#session('')
    this.endpoint = readEndpoint(child)
    this.endpoint.catch(() => this.#gone())
  }

  /** Starts Chromium and answers when it takes commands. @param profile a folder for this run alone */
  static async start(profile: string): Promise<Chromium> {
    const child = spawn(
      findChromium(),
      [
        // Chromium's sandbox does not start as root (CI, containers); nowhere else is it switched off.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        ...switches,
        `--user-data-dir=${profile}`,
        'about:blank',
      ],
      { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe', lifelineFd] },
    )
    const chromium = new Chromium(child)
    await Promise.all([
      chromium.endpoint,
      chromium.browser.send('Target.setDiscoverTargets', { discover: true }),
    ])
    return chromium
  }

  /** Opens a session on a target. */
  async attach(targetId: string): Promise<CdpSession> {
    const { sessionId } = await this.browser.send('Target.attachToTarget', {
      targetId,
      flatten: true,
    })
    return this.#session(sessionId)
  }

  /** Hears no more of a session: what a dead page still says is not said of the one in its place. */
  forget(session: CdpSession): void {
    for (const [id, events] of this.#sessions) {
      if (Object.is(events, session)) this.#sessions.delete(id)
    }
  }

  /** Ends Chromium and answers when it is gone. */
  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const exited = once(this.#child, 'exit')
    this.#input.end()
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), closeGraceMs)
    await exited
    clearTimeout(timer)
  }

  #session(id: string): CdpSession {
    const events = new EventEmitter()
    events.setMaxListeners(0)
    this.#sessions.set(id, events)
    const send = (method: string, params: object = {}): Promise<unknown> =>
      this.#send(method, params, id)
    // Playwright's types describe this very protocol: the names and shapes are Chromium's own.
    return Object.assign(events, { send }) as unknown as CdpSession
  }

  #send(method: string, params: object, sessionId: string): Promise<unknown> {
    if (this.#isClosed) return Promise.reject(new Error(`${method}: Chromium is gone`))
    const id = ++this.#lastId
    const message = { id, method, params, ...(sessionId !== '' && { sessionId }) }
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { method, resolve, reject })
      this.#input.write(`${JSON.stringify(message)}\0`)
    })
  }

  /** Messages end with a zero byte each. */
  #read(output: Readable): void {
    let parts: Buffer[] = []
    output.on('data', (chunk: Buffer) => {
      let start = 0
      for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, start)) {
        parts.push(chunk.subarray(start, end))
        const text = Buffer.concat(parts).toString()
        parts = []
        start = end + 1
        // Chromium's own protocol: no one else writes to this pipe.
        this.#receive(JSON.parse(text) as Incoming)
      }
      parts.push(chunk.subarray(start))
    })
    output.on('close', () => this.#gone())
  }

  #receive({ id, method, params, result, error, sessionId = '' }: Incoming): void {
    if (id === undefined) {
      this.#sessions.get(sessionId)?.emit(method ?? '', params)
      return
    }
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (error === undefined) waiting?.resolve(result)
    else {
      const detail = error.data === undefined ? '' : ` (${error.data})`
      waiting?.reject(new Error(`${waiting.method}: ${error.message}${detail}`))
    }
  }

  #gone(): void {
    this.#isClosed = true
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { method, reject } of waiting) reject(new Error(`${method}: Chromium is gone`))
  }
}

/** Chromium says on stderr where it listens. */
function readEndpoint(child: ChildProcess): Promise<string> {
  // `stdio` above asks for a pipe.
  const lines = createInterface({ input: child.stderr as Readable })
  const said: string[] = []
  return new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      said.push(line)
      const endpoint = /^DevTools listening on (ws:\S+)/.exec(line)?.[1]
      if (endpoint !== undefined) resolve(endpoint)
    })
    child.once('error', reject)
    child.once('exit', (code) => {
      const program = path.basename(child.spawnfile)
      reject(new Error(`${program} ended with ${code}: ${said.slice(-10).join(' | ')}`))
    })
  })
}
