import type { EventEmitter } from 'node:events'
import { Chromium } from './chromium.ts'
import { createEvent } from './event.ts'

/** What the parts of the stand-in share: whether the application is ready, its Chromium, and its `app` as an emitter. */
class Runtime {
  #chromium: Chromium | null = null
  #app: EventEmitter | null = null
  #hasFirstPage = true

  /** Whether `app` has been told to be ready. */
  get isReady(): boolean {
    return this.#chromium !== null
  }

  /** The running Chromium. Throws before the application is ready. */
  get chromium(): Chromium {
    if (this.#chromium === null) throw new Error('Electron stand-in: the application is not ready')
    return this.#chromium
  }

  /** Gives the stand-in its `app`. */
  setApp(app: EventEmitter): void {
    this.#app = app
  }

  /** Emits an event of `app`; answers whether a listener prevented what would follow. */
  emitFromApp(name: string, ...args: unknown[]): boolean {
    const event = createEvent()
    this.#app?.emit(name, event, ...args)
    return event.defaultPrevented
  }

  /** Starts Chromium: from now on the application is ready. */
  async start(profile: string): Promise<void> {
    this.#chromium = await Chromium.start(profile)
  }

  /** Ends Chromium; does nothing where it was not started. */
  async stop(): Promise<void> {
    await this.#chromium?.close()
  }

  /** Throws, with Electron's words, before the application is ready. */
  assertReady(what: string): void {
    if (!this.isReady) throw new Error(`Cannot create ${what} before app is ready`)
  }

  /** A new page of Chromium; the first one is the page that Chromium opened by itself. */
  async createTarget(): Promise<string> {
    const { browser } = this.chromium
    if (this.#hasFirstPage) {
      this.#hasFirstPage = false
      const { targetInfos } = await browser.send('Target.getTargets')
      const first = targetInfos.find(({ type }) => type === 'page')
      if (first !== undefined) return first.targetId
    }
    const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' })
    return targetId
  }
}

/** The one runtime of this process. */
export const runtime = new Runtime()
