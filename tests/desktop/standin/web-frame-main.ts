import { originOf } from './page-address.ts'
import { StrictEmitter } from './strict.ts'

/** Electron's WebFrameMain: the main frame of a window; the stand-in knows no other one. */
export class WebFrameMain extends StrictEmitter {
  readonly parent = null
  readonly processId: number
  readonly routingId = 1
  readonly frameTreeNodeId = 1
  readonly name = ''
  readonly #url: () => string
  readonly #isDestroyed: () => boolean

  constructor(processId: number, url: () => string, isDestroyed: () => boolean) {
    super()
    this.processId = processId
    this.#url = url
    this.#isDestroyed = isDestroyed
  }

  get url(): string {
    return this.#url()
  }

  get origin(): string {
    return originOf(this.#url())
  }

  isDestroyed(): boolean {
    return this.#isDestroyed()
  }
}
