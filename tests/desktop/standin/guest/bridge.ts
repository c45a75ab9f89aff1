/** A value on its way from one world to the other. */
type Crossing =
  | { readonly t: 'plain'; readonly v: unknown }
  | { readonly t: 'function' | 'promise'; readonly id: number }
  | { readonly t: 'error'; readonly message: string }
  | { readonly t: 'array'; readonly v: readonly Crossing[] }
  | { readonly t: 'object'; readonly v: Readonly<Record<string, Crossing>> }

type Message =
  | { readonly kind: 'expose'; readonly key: string; readonly value: Crossing }
  | {
      readonly kind: 'open'
      readonly url: string
      readonly frameName: string
      readonly features: string
    }
  | { readonly kind: 'call'; readonly id: number; readonly args: readonly Crossing[] }
  | { readonly kind: 'return'; readonly value: Crossing; readonly isError: boolean }
  | {
      readonly kind: 'settle'
      readonly id: number
      readonly value: Crossing
      readonly isError: boolean
    }

interface Settler {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/** The depth at which Electron gives up. */
const maxDepth = 1000

/**
 * One world's end of the bridge between the page's world and the preload's. Both see the same window but not each other's
 * objects: they talk by synchronous events, whose `detail` Chromium clones from one world to the other. Functions and
 * promises stay where they are and cross as numbers.
 */
export class Bridge {
  onExpose: (key: string, value: unknown) => void = () => {}
  onOpen: (url: string, frameName: string, features: string) => void = () => {}
  readonly #functions = new Map<number, (...args: unknown[]) => unknown>()
  readonly #ids = new WeakMap<object, number>()
  readonly #promises = new Map<number, Settler>()
  readonly #fire: (message: Message) => void
  #lastId = 0
  #answer: { value: Crossing; isError: boolean } | null = null

  /** @param mine the event that this end hears @param theirs the one that the other end hears */
  constructor(mine: string, theirs: string) {
    // Taken before any script of the page can replace them.
    const Fired = CustomEvent
    const dispatch = window.dispatchEvent.bind(window)
    this.#fire = (message) => {
      dispatch(new Fired(theirs, { detail: message }))
    }
    window.addEventListener(mine, (event) => {
      event.stopImmediatePropagation()
      // Only the other end knows the name of this event.
      this.#receive((event as CustomEvent<Message>).detail)
    })
  }

  /** Makes a value a property of the other world's window. */
  expose(key: string, value: unknown): void {
    this.#fire({ kind: 'expose', key, value: this.#leave(value, 0) })
  }

  /** Tells the other end that the page called `window.open`. */
  tellOpen(url: string, frameName: string, features: string): void {
    this.#fire({ kind: 'open', url, frameName, features })
  }

  #receive(message: Message): void {
    switch (message.kind) {
      case 'expose':
        this.onExpose(message.key, this.#arrive(message.value))
        break
      case 'open':
        this.onOpen(message.url, message.frameName, message.features)
        break
      case 'call':
        this.#fire({ kind: 'return', ...this.#run(message.id, message.args) })
        break
      case 'return':
        this.#answer = message
        break
      case 'settle': {
        const settler = this.#promises.get(message.id)
        this.#promises.delete(message.id)
        const value = this.#arrive(message.value)
        if (message.isError) settler?.reject(value)
        else settler?.resolve(value)
      }
    }
  }

  #run(id: number, args: readonly Crossing[]): { value: Crossing; isError: boolean } {
    try {
      const result = this.#functions.get(id)?.(...args.map((argument) => this.#arrive(argument)))
      return { value: this.#leave(result, 0), isError: false }
    } catch (error) {
      return { value: this.#leave(error, 0), isError: true }
    }
  }

  #call(id: number, args: readonly unknown[]): unknown {
    this.#fire({ kind: 'call', id, args: args.map((argument) => this.#leave(argument, 0)) })
    const answer = this.#answer
    this.#answer = null
    if (answer === null) throw new Error('Electron stand-in: the other world did not answer')
    const value = this.#arrive(answer.value)
    if (answer.isError) throw value
    return value
  }

  #leave(value: unknown, depth: number): Crossing {
    if (depth > maxDepth) throw new TypeError('Electron contextBridge recursion depth exceeded.')
    if (typeof value === 'function') return { t: 'function', id: this.#idOf(value) }
    if (typeof value === 'symbol') throw new Error('An object could not be cloned.')
    if (typeof value !== 'object' || value === null) return { t: 'plain', v: value }
    if (value instanceof Promise) return this.#leavePromise(value)
    if (value instanceof Error) return { t: 'error', message: value.message }
    const each = (part: unknown): Crossing => this.#leave(part, depth + 1)
    if (Array.isArray(value)) return { t: 'array', v: value.map(each) }
    // Dates, maps, bytes, files: the clone of the event carries them.
    if (Object.prototype.toString.call(value) !== '[object Object]') return { t: 'plain', v: value }
    return {
      t: 'object',
      v: Object.fromEntries(Object.entries(value).map(([key, part]) => [key, each(part)])),
    }
  }

  #leavePromise(promise: Promise<unknown>): Crossing {
    const id = ++this.#lastId
    promise.then(
      (result) => this.#fire({ kind: 'settle', id, value: this.#leave(result, 0), isError: false }),
      (error: unknown) =>
        this.#fire({ kind: 'settle', id, value: this.#leave(error, 0), isError: true }),
    )
    return { t: 'promise', id }
  }

  #idOf(value: object): number {
    const known = this.#ids.get(value)
    if (known !== undefined) return known
    const id = ++this.#lastId
    this.#ids.set(value, id)
    // `typeof` above said that it is a function.
    this.#functions.set(id, value as (...args: unknown[]) => unknown)
    return id
  }

  #arrive(crossing: Crossing): unknown {
    switch (crossing.t) {
      case 'plain':
        return crossing.v
      case 'error':
        return new Error(crossing.message)
      case 'function':
        return (...args: unknown[]) => this.#call(crossing.id, args)
      case 'promise':
        return new Promise((resolve, reject) => {
          this.#promises.set(crossing.id, { resolve, reject })
        })
      case 'array':
        return crossing.v.map((part) => this.#arrive(part))
      case 'object':
        return Object.fromEntries(
          Object.entries(crossing.v).map(([key, part]) => [key, this.#arrive(part)]),
        )
    }
  }
}
