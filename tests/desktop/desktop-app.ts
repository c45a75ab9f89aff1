import type { ChildProcess } from 'node:child_process'
import type { BrowserContext, Page } from '@playwright/test'
import type { DriverName } from './choose-driver.ts'
import type {
  AskedDialog,
  DialogAnswer,
  MenuEntry,
  Recorder,
  ShownNotification,
  TrayState,
} from './recorder-types.ts'

/** How an application is started. */
export interface LaunchOptions {
  /** The folder with the application's package.json, whose `main` is built. */
  readonly appFolder: string
  /** The home of the person who starts it: a folder of the test's own. */
  readonly home: string
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** A function of a test that runs in the main process: its text is sent there, so it sees nothing around it. */
export type MainFunction<Argument, Result> = (
  electron: typeof Electron.CrossProcessExports,
  argument: Argument,
) => Result | Promise<Result>

/** A running desktop application, as a test sees and drives it. Two drivers make one: Electron and the stand-in. */
export abstract class DesktopApp {
  abstract readonly driver: DriverName
  abstract readonly process: ChildProcess
  /** Settles with the exit code when the main process is gone; null where a signal ended it. */
  abstract readonly exited: Promise<number | null>

  readonly #faults: string[] = []

  /**
   * What went wrong so far: errors in the console of a page and breaches of its policy, and what the stand-in noticed and
   * Electron would pass over in silence. A test fails on each that it does not expect (test.ts).
   */
  get faults(): readonly string[] {
    return this.#faults
  }

  /** Everything that the main process has written so far. */
  abstract output(): string
  /** The page of the first window, once there is one and it is loaded. */
  abstract window(): Promise<Page>
  /** Runs a function in the main process. */
  abstract evaluate<Argument, Result>(
    run: MainFunction<Argument, Result>,
    argument: Argument,
  ): Promise<Result>
  /** Starts the application a second time on the same data; answers with the exit code of that start. */
  abstract secondInstance(...args: readonly string[]): Promise<number | null>
  /** Ends the application at once, as a crash would. */
  abstract kill(): Promise<void>
  /** Ends the application if it still runs, and frees what it has used. */
  abstract dispose(): Promise<void>
  /** Lets the preload of the windows know where the files are that are dropped next. */
  protected abstract announceFiles(files: readonly string[]): Promise<void>

  tray(): Promise<TrayState | null> {
    return this.#record('tray')
  }

  trayItems(): Promise<MenuEntry[]> {
    return this.#record('menuItems', 'tray')
  }

  /** Clicks an item of the tray's menu by its path (`Servers > alpha`), or the icon itself. */
  clickTray(path?: string): Promise<void> {
    return path === undefined
      ? this.#record('clickTrayIcon')
      : this.#record('clickMenu', 'tray', path)
  }

  menuItems(menu: 'application' | 'popup' = 'application'): Promise<MenuEntry[]> {
    return this.#record('menuItems', menu)
  }

  clickMenu(path: string, menu: 'application' | 'popup' = 'application'): Promise<void> {
    return this.#record('clickMenu', menu, path)
  }

  /** All notifications so far, the oldest first. */
  notifications(): Promise<ShownNotification[]> {
    return this.#record('notifications')
  }

  /** @param index its place in `notifications`; a negative one counts from the end */
  clickNotification(index: number): Promise<void> {
    return this.#record('clickNotification', index)
  }

  clickNotificationAction(index: number, actionIndex: number): Promise<void> {
    return this.#record('clickNotificationAction', index, actionIndex)
  }

  /** All dialogs so far, answered or not. */
  dialogs(): Promise<readonly AskedDialog[]> {
    return this.#record('dialogs')
  }

  /** Answers the oldest open dialog; waits for one where none is open. */
  answerDialog(answer: DialogAnswer): Promise<void> {
    return this.#record('answerDialog', answer)
  }

  /** The addresses and files that were handed to other programs. */
  opened(): Promise<readonly string[]> {
    return this.#record('opened')
  }

  /** Opens an address of the application's own scheme: macOS tells the application, elsewhere it is started again. */
  async openUrl(url: string): Promise<void> {
    if (process.platform !== 'darwin') {
      await this.secondInstance(url)
      return
    }
    await this.evaluate(({ app }, opened) => {
      app.emit('open-url', { preventDefault() {} }, opened)
    }, url)
  }

  /** Says that the machine is about to sleep, or has woken up. */
  async power(event: 'suspend' | 'resume'): Promise<void> {
    await this.evaluate(({ powerMonitor }, name) => {
      powerMonitor.emit(name)
    }, event)
  }

  /** Drops files on the middle of the first window, as a person drags them out of a file manager. */
  async dropFiles(...files: readonly string[]): Promise<void> {
    const page = await this.window()
    await this.announceFiles(files)
    const middle = await page.evaluate(() => ({ x: innerWidth / 2, y: innerHeight / 2 }))
    const session = await page.context().newCDPSession(page)
    const data = { items: [], files: [...files], dragOperationsMask: 1 }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, ...middle, data })
    }
    await session.detach()
  }

  /** Quits as a person does, and answers with the exit code. */
  async quit(): Promise<number | null> {
    // The answer may be lost with the process that gives it.
    await this.evaluate(({ app }) => {
      setImmediate(() => app.quit())
    }, null)
    return this.exited
  }

  protected noteFault(fault: string): void {
    this.#faults.push(fault)
  }

  /** Hears the faults of all pages. */
  protected watchPages(context: BrowserContext): void {
    context.on('console', (message) => {
      if (message.type() === 'error') this.noteFault(message.text())
    })
    context.on('weberror', (webError) => this.noteFault(webError.error().message))
  }

  /** Calls the recorder in the main process. */
  #record<Name extends keyof Recorder>(
    name: Name,
    ...args: Parameters<Recorder[Name]>
  ): Promise<Awaited<ReturnType<Recorder[Name]>>> {
    return this.evaluate(
      (_electron, call) => {
        // recorder.ts put it there before the application was loaded.
        const recorder = Reflect.get(globalThis, Symbol.for('desktop recorder'))
        return recorder[call.name](...call.args)
      },
      { name, args },
    )
  }
}
