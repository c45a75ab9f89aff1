import { EventEmitter } from 'node:events'
import type { CdpSession } from './chromium.ts'
import { DocumentLink } from './document-link.ts'
import { noteFault } from './faults.ts'
import { toAppAddress, toPageAddress } from './page-address.ts'
import { abortRequest, answerPausedRequest, type PausedRequest } from './page-requests.ts'
import { createPageNames, pageScripts } from './page-scripts.ts'
import { runtime } from './runtime.ts'
import type { FromPage } from './wire.ts'

/** What a page of Chromium tells its WebContents. */
export interface PageFace {
  /** The page itself wants to go somewhere; answers whether it may. */
  mayNavigate(url: string): boolean
  /** A server sends the page elsewhere; answers whether it may. */
  mayRedirect(url: string): boolean
  /** A link or a form wants a window of its own. */
  asksForWindow(url: string, frameName: string): void
  navigated(url: string, status: number): void
  navigatedInPage(url: string): void
  domReady(): void
  loaded(): void
  crashed(): void
  closed(): void
  said(level: string, text: string, line: number, source: string): void
  told(operation: FromPage): void
  preloadFailed(file: string, error: Error): void
}

/** How large a page is. */
export interface Viewport {
  readonly width: number
  readonly height: number
  readonly zoom: number
}

const preloadWorld = 'electron-preload'
/** What a page of Chromium shows before it was told to load anything; an Electron window says nothing of it. */
const blank = 'about:blank'

/**
 * One page of Chromium as a window's contents: its preload world, its navigations and its requests. After a crash the next
 * `load` opens a new page in the place of the dead one, as Electron starts a new process.
 */
export class PageHost {
  /** The way to the document's preload world. */
  readonly link: DocumentLink
  readonly #face: PageFace
  readonly #preloadFile: string
  /** Addresses the page itself has asked to go to; the requests for them are still to come. */
  readonly #askedFor = new Set<string>()
  readonly #loads = new EventEmitter<{ done: [Error | null] }>()
  #opening: Promise<CdpSession>
  #targetId = ''
  #frameId = ''
  #receive = ''
  #documentUrl = blank
  #viewport: Viewport
  #status = 200
  #isCrashed = false
  #isClosed = false

  constructor(preloadFile: string, viewport: Viewport, face: PageFace) {
    this.#face = face
    this.#preloadFile = preloadFile
    this.#viewport = viewport
    this.link = new DocumentLink((context, batch) => this.#deliver(context, batch))
    this.#opening = this.#open()
    // Whoever loads a page gets this error too; a window that never loads one still says it.
    this.#opening.catch((error: unknown) => noteFault(`no page could be opened: ${String(error)}`))
    runtime.chromium.browser.on('Target.targetDestroyed', ({ targetId }) => {
      if (targetId === this.#targetId) this.#closed()
    })
    runtime.chromium.browser.on('Target.targetCreated', ({ targetInfo }) => {
      if (targetInfo.openerId === this.#targetId) this.#closeTarget(targetInfo.targetId)
    })
  }

  /** The page's id in Chromium, once it is open. */
  async targetId(): Promise<string> {
    await this.#opening
    return this.#targetId
  }

  /** Goes to an address and answers when it is loaded; rejects as Electron does where it cannot be. */
  async load(url: string): Promise<void> {
    const cdp = await this.#alive()
    this.#loads.emit('done', new Error(`ERR_ABORTED (-3) loading '${url}'`))
    const loaded = new Promise<void>((resolve, reject) => {
      this.#loads.once('done', (error) => (error === null ? resolve() : reject(error)))
    })
    const navigated = cdp.send('Page.navigate', { url: toPageAddress(url) })
    const failed = navigated.then(({ errorText = '' }) => {
      if (errorText !== '') throw new Error(`${errorText.replace('net::', '')} loading '${url}'`)
    })
    await Promise.all([loaded, failed])
  }

  /** Sends a command of Chromium's protocol; where it fails, that is noted. */
  send(...command: Parameters<CdpSession['send']>): void {
    this.#note(this.#opening.then((cdp) => cdp.send(...command)))
  }

  /** Runs a script in the page's own world, under its content security policy. */
  async evaluate(code: string): Promise<unknown> {
    const cdp = await this.#opening
    const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', {
      expression: code,
      awaitPromise: true,
      returnByValue: true,
      allowUnsafeEvalBlockedByCSP: false,
    })
    if (exceptionDetails !== undefined) {
      throw new Error(exceptionDetails.exception?.description ?? 'Script failed to execute')
    }
    return result.value
  }

  /** Makes the page as large as its window. */
  resize(viewport: Viewport): void {
    this.#viewport = viewport
    this.#note(this.#opening.then((cdp) => applyViewport(cdp, viewport)))
  }

  /** Ends the page's process as a fault would. */
  crash(): void {
    this.send('Page.crash')
  }

  /** Closes the page. */
  close(): void {
    if (this.#isClosed) return
    this.#closed()
    this.#opening.then(
      () => this.#closeTarget(this.#targetId),
      // Where no page was opened there is none to close.
      () => {},
    )
  }

  /**
   * A page that is closed, has crashed or went with Chromium does what it was told last no more; anything else that fails is
   * a fault.
   */
  #note(done: Promise<unknown>): void {
    const targetId = this.#targetId
    done.catch((error: unknown) => {
      const isGone = this.#isClosed || this.#isCrashed || targetId !== this.#targetId
      if (!isGone && !/crashed|Chromium is gone/.test(String(error))) noteFault(String(error))
    })
  }

  #closeTarget(targetId: string): void {
    runtime.chromium.browser.send('Target.closeTarget', { targetId }).catch((error: unknown) => {
      // It may have gone by itself.
      if (!/No target with given id/.test(String(error))) noteFault(String(error))
    })
  }

  #closed(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.link.close()
    this.#loads.emit('done', new Error('ERR_FAILED (-2): the window was closed'))
    this.#face.closed()
  }

  /** The session of a page that lives: of a new one where the last one has crashed. */
  #alive(): Promise<CdpSession> {
    if (this.#isCrashed) {
      this.#opening = this.#openAgain(this.#opening, this.#targetId)
      this.#targetId = ''
      this.#isCrashed = false
    }
    return this.#opening
  }

  async #openAgain(dead: Promise<CdpSession>, targetId: string): Promise<CdpSession> {
    runtime.chromium.forget(await dead)
    const cdp = await this.#open()
    this.#closeTarget(targetId)
    return cdp
  }

  async #open(): Promise<CdpSession> {
    const names = createPageNames()
    const scripts = pageScripts(names, this.#preloadFile, (error) =>
      setImmediate(() => this.#face.preloadFailed(this.#preloadFile, error)),
    )
    this.#documentUrl = blank
    const targetId = await runtime.createTarget()
    const cdp = await runtime.chromium.attach(targetId)
    this.#targetId = targetId
    this.#receive = names.receive
    this.#listen(cdp)
    await Promise.all([
      cdp.send('Page.enable'),
      cdp.send('Runtime.enable'),
      cdp.send('Inspector.enable'),
      cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
      cdp.send('Runtime.addBinding', { name: names.binding, executionContextName: preloadWorld }),
      // The main world's script first: what the preload exposes finds its listener there.
      cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.mainWorld }),
      cdp.send('Page.addScriptToEvaluateOnNewDocument', {
        source: scripts.preloadWorld,
        worldName: preloadWorld,
      }),
      applyViewport(cdp, this.#viewport),
    ])
    const { frameTree } = await cdp.send('Page.getFrameTree')
    this.#frameId = frameTree.frame.id
    return cdp
  }

  #listen(cdp: CdpSession): void {
    this.#listenToDocuments(cdp)
    this.#listenToNavigations(cdp)
    cdp.on('Fetch.requestPaused', (paused) => this.#note(this.#answer(cdp, paused)))
    cdp.on('Runtime.consoleAPICalled', ({ type, args, stackTrace }) => {
      const text = args.map(({ value, description }) => String(value ?? description)).join(' ')
      const call = stackTrace?.callFrames[0]
      this.#face.said(type, text, call?.lineNumber ?? 0, toAppAddress(call?.url ?? ''))
    })
    cdp.on('Inspector.targetCrashed', () => {
      this.#isCrashed = true
      this.link.close()
      this.#loads.emit('done', new Error('ERR_FAILED (-2): the page crashed'))
      this.#face.crashed()
    })
  }

  #listenToDocuments(cdp: CdpSession): void {
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      // Chromium says this of each context that belongs to a frame.
      const { frameId } = (context.auxData ?? {}) as { frameId?: string }
      if (context.name === preloadWorld && frameId === this.#frameId) this.link.open(context.id)
    })
    cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId === this.link.context) this.link.close()
    })
    cdp.on('Runtime.executionContextsCleared', () => this.link.close())
    cdp.on('Runtime.bindingCalled', ({ executionContextId, payload }) => {
      if (executionContextId !== this.link.context) return
      // Written by the preload world, by the types of wire.ts.
      for (const operation of JSON.parse(payload) as FromPage[]) this.#face.told(operation)
    })
    cdp.on('Page.domContentEventFired', () => {
      if (this.#documentUrl !== blank) this.#face.domReady()
    })
    cdp.on('Page.loadEventFired', () => {
      if (this.#documentUrl === blank) return
      this.#face.loaded()
      this.#loads.emit('done', null)
    })
  }

  #listenToNavigations(cdp: CdpSession): void {
    cdp.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId !== undefined) return
      this.#documentUrl = toAppAddress(`${frame.url}${frame.urlFragment ?? ''}`)
      if (this.#documentUrl !== blank) this.#face.navigated(this.#documentUrl, this.#status)
    })
    cdp.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === this.#frameId) this.#face.navigatedInPage(toAppAddress(url))
    })
    // Said of what the page itself starts, never of `load`, nor of a tool that drives the page.
    cdp.on('Page.frameRequestedNavigation', ({ frameId, url, disposition }) => {
      if (frameId !== this.#frameId || disposition !== 'currentTab') return
      if (/^https?:/.test(url)) this.#askedFor.add(withoutFragment(url))
      // Requests of other schemes (mailto:, blob:, data:) are never paused.
      else if (!this.#face.mayNavigate(url)) this.#note(cdp.send('Page.stopLoading'))
    })
    cdp.on('Page.windowOpen', ({ url, windowName }) => {
      this.#face.asksForWindow(toAppAddress(url), windowName)
    })
  }

  async #answer(cdp: CdpSession, paused: PausedRequest): Promise<void> {
    const isDocument = paused.resourceType === 'Document' && paused.frameId === this.#frameId
    const isAsked = isDocument && this.#askedFor.delete(withoutFragment(paused.request.url))
    const url = toAppAddress(paused.request.url)
    const isRedirected = isDocument && paused.redirectedRequestId !== undefined
    const isRefused =
      (isAsked && !this.#face.mayNavigate(url)) || (isRedirected && !this.#face.mayRedirect(url))
    if (isRefused) {
      await abortRequest(cdp, paused)
      return
    }
    const status = await answerPausedRequest(cdp, paused)
    if (isDocument) this.#status = status ?? 200
  }

  async #deliver(context: number, batch: string): Promise<void> {
    const cdp = await this.#opening
    const { exceptionDetails } = await cdp.send('Runtime.callFunctionOn', {
      executionContextId: context,
      functionDeclaration: `function (batch) { ${this.#receive}(batch) }`,
      arguments: [{ value: batch }],
    })
    if (exceptionDetails !== undefined) {
      noteFault(`the preload threw: ${exceptionDetails.exception?.description ?? ''}`)
    }
  }
}

function withoutFragment(url: string): string {
  return url.replace(/#.*/, '')
}

/** Zooming makes a page's pixels larger and the page smaller by as much. */
async function applyViewport(cdp: CdpSession, { width, height, zoom }: Viewport): Promise<void> {
  await cdp.send('Emulation.setDeviceMetricsOverride', {
    width: Math.round(width / zoom),
    height: Math.round(height / zoom),
    deviceScaleFactor: zoom,
    mobile: false,
  })
}
