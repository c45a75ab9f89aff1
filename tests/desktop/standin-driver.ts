import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'
import { DesktopApp, type LaunchOptions, type MainFunction } from './desktop-app.ts'
import { createLaunchFolder } from './launch-folder.ts'
import { lifelineFd } from './standin/chromium.ts'
import type { ControlAnswer, ControlRequest } from './standin/control.ts'
import type { FaultReport } from './standin/faults.ts'

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

const program = path.join(import.meta.dirname, 'standin', 'run.ts')

/** Starts an application on the stand-in and answers when it is ready. */
export async function launchOnStandIn(options: LaunchOptions): Promise<DesktopApp> {
  const app = new StandInApp(options, await createLaunchFolder())
  try {
    await app.connect()
  } catch (error) {
    await app.dispose()
    throw error
  }
  return app
}

class StandInApp extends DesktopApp {
  readonly driver = 'stand-in'
  readonly process: ChildProcess
  readonly exited: Promise<number | null>
  readonly #options: LaunchOptions
  readonly #launchFolder: string
  /** Settles when Chromium is gone, too: until then it writes into the launch folder. */
  readonly #allGone: Promise<unknown>
  readonly #waiting = new Map<number, Waiting>()
  #browser: Browser | null = null
  #output = ''
  #lastId = 0

  constructor(options: LaunchOptions, launchFolder: string) {
    super()
    this.#options = options
    this.#launchFolder = launchFolder
    this.process = this.#start(options.args ?? [])
    this.#allGone = lifelineEnd(this.process)
    this.process.on('message', (message: ControlAnswer | FaultReport) => {
      if ('fault' in message) this.noteFault(message.fault)
      else this.#receive(message)
    })
    this.exited = once(this.process, 'exit').then(([code]) =>
      typeof code === 'number' ? code : null,
    )
    void this.exited.then((code) => {
      const error = new Error(`The application ended with ${code}.\n${this.#output}`)
      for (const { reject } of this.#waiting.values()) reject(error)
      this.#waiting.clear()
    })
  }

  /** Waits until the application is ready, and connects to its pages. */
  async connect(): Promise<void> {
    this.#browser = await chromium.connectOverCDP(String(await this.#ask({ kind: 'endpoint' })))
    this.watchPages(this.#context())
  }

  override output(): string {
    return this.#output
  }

  override async window(): Promise<Page> {
    const context = this.#context()
    for (;;) {
      const appeared = new Promise<void>((resolve) => context.once('page', () => resolve()))
      const targetId = await this.#ask({ kind: 'window' })
      for (const page of context.pages()) {
        if ((await targetOf(page)) === targetId) return loaded(page)
      }
      await appeared
    }
  }

  override async evaluate<Argument, Result>(
    run: MainFunction<Argument, Result>,
    argument: Argument,
  ): Promise<Result> {
    const value = await this.#ask({ kind: 'evaluate', code: String(run), arg: argument })
    // What `run` gave there, cloned.
    return value as Result
  }

  override async secondInstance(...args: readonly string[]): Promise<number | null> {
    const [code] = await once(this.#start(args), 'exit')
    return typeof code === 'number' ? code : null
  }

  override async kill(): Promise<void> {
    if (this.process.exitCode === null) this.process.kill('SIGKILL')
    await this.exited
  }

  override async dispose(): Promise<void> {
    await this.kill()
    await this.#allGone
    rmSync(this.#launchFolder, { recursive: true, force: true, maxRetries: 10 })
  }

  protected override async announceFiles(files: readonly string[]): Promise<void> {
    const named = files.map((file) => {
      const { size, mtimeMs } = statSync(file)
      // A page sees whole milliseconds.
      return { name: path.basename(file), size, lastModified: Math.floor(mtimeMs), path: file }
    })
    await this.#ask({ kind: 'files', files: named })
  }

  #context(): BrowserContext {
    const context = this.#browser?.contexts()[0]
    if (context === undefined) throw new Error('The application is not connected')
    return context
  }

  #start(args: readonly string[]): ChildProcess {
    const { appFolder, home, env } = this.#options
    const child = fork(program, [this.#launchFolder, appFolder, ...args], {
      env: { PATH: process.env['PATH'] ?? '', HOME: home, SHELL: '/bin/sh', ...env },
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text
      })
    }
    return child
  }

  #ask(request: WithoutId<ControlRequest>): Promise<unknown> {
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.process.send({ id, ...request }, (error) => {
        if (error === null) return
        this.#waiting.delete(id)
        reject(new Error(`${error.message}\n${this.#output}`))
      })
    })
  }

  #receive(answer: ControlAnswer): void {
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if ('error' in answer) waiting?.reject(new Error(answer.error))
    else waiting?.resolve(answer.value)
  }
}

/** The id of a page in Chromium; null where it is going away and cannot say. */
async function targetOf(page: Page): Promise<string | null> {
  try {
    const session = await page.context().newCDPSession(page)
    const { targetInfo } = await session.send('Target.getTargetInfo')
    await session.detach()
    return targetInfo.targetId
  } catch {
    return null
  }
}

/** The main process hands its end of this pipe on to Chromium: it is closed when both are gone. */
function lifelineEnd(child: ChildProcess): Promise<unknown> {
  const lifeline = child.stdio[lifelineFd]
  // `#start` asks for a pipe there.
  return once((lifeline as Readable).resume(), 'close')
}

/** A new window is blank until the application has loaded something into it. */
async function loaded(page: Page): Promise<Page> {
  await page.waitForURL((url) => url.href !== 'about:blank')
  return page
}
