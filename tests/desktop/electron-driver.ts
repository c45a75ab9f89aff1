import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { electronExecutable } from './choose-driver.ts'
import { DesktopApp, type LaunchOptions, type MainFunction } from './desktop-app.ts'
import { createLaunchFolder } from './launch-folder.ts'

/** What a desktop program needs of the environment of the test. */
const passedOn = ['PATH', 'DISPLAY', 'WAYLAND_DISPLAY', 'XDG_RUNTIME_DIR', 'SystemRoot', 'TEMP']

/** How an application is started on Electron. */
interface ElectronStart {
  readonly executablePath: string
  readonly args: readonly string[]
  readonly env: Record<string, string>
}

/** Starts an application on Electron itself and answers when it is ready. */
export async function launchOnElectron(options: LaunchOptions): Promise<DesktopApp> {
  const launchFolder = await createLaunchFolder()
  const executablePath = electronExecutable()
  if (executablePath === null) throw new Error("Electron's runtime is not installed")
  const start: ElectronStart = {
    executablePath,
    args: [
      // Chromium's sandbox does not start as root (CI, containers); nowhere else is it switched off.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '-r',
      path.join(launchFolder, 'recorder.cjs'),
      options.appFolder,
    ],
    env: environment(options),
  }
  const args = [...start.args, ...(options.args ?? [])]
  return new ElectronApp(await _electron.launch({ ...start, args }), launchFolder, start)
}

function environment({ home, env }: LaunchOptions): Record<string, string> {
  const passed = passedOn.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(passed), HOME: home, USERPROFILE: home, SHELL: '/bin/sh', ...env }
}

class ElectronApp extends DesktopApp {
  readonly driver = 'electron'
  readonly process: ChildProcess
  readonly exited: Promise<number | null>
  readonly #application: ElectronApplication
  readonly #launchFolder: string
  readonly #start: ElectronStart
  #output = ''

  constructor(application: ElectronApplication, launchFolder: string, start: ElectronStart) {
    super()
    this.#application = application
    this.#launchFolder = launchFolder
    this.#start = start
    this.process = application.process()
    this.watchPages(application.context())
    this.exited = once(this.process, 'exit').then(([code]) =>
      typeof code === 'number' ? code : null,
    )
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text
      })
    }
  }

  override output(): string {
    return this.#output
  }

  override window(): Promise<Page> {
    return this.#application.firstWindow()
  }

  override evaluate<Argument, Result>(
    run: MainFunction<Argument, Result>,
    argument: Argument,
  ): Promise<Result> {
    // Playwright runs it with the same two arguments; its own type of the second one is wider.
    return this.#application.evaluate(run as never, argument) as Promise<Result>
  }

  override async secondInstance(...args: readonly string[]): Promise<number | null> {
    const { executablePath, args: own, env } = this.#start
    const second = spawn(executablePath, [...own, ...args], { env, stdio: 'ignore' })
    const [code] = await once(second, 'exit')
    return typeof code === 'number' ? code : null
  }

  override async kill(): Promise<void> {
    if (this.process.exitCode === null) this.process.kill('SIGKILL')
    await this.exited
  }

  override async dispose(): Promise<void> {
    await this.kill()
    rmSync(this.#launchFolder, { recursive: true, force: true, maxRetries: 10 })
  }

  /** Electron's pages know where their files are. */
  protected override async announceFiles(): Promise<void> {}
}
