type Listener = (...args: unknown[]) => void

/** As much of Node's EventEmitter as a sandboxed preload uses. */
export class Emitter {
  readonly #listeners = new Map<
    string,
    { readonly listener: Listener; readonly isOnce: boolean }[]
  >()

  on(event: string, listener: Listener): this {
    return this.#add(event, listener, false)
  }

  addListener(event: string, listener: Listener): this {
    return this.on(event, listener)
  }

  once(event: string, listener: Listener): this {
    return this.#add(event, listener, true)
  }

  off(event: string, listener: Listener): this {
    const left = this.#of(event).filter((entry) => entry.listener !== listener)
    this.#listeners.set(event, left)
    return this
  }

  removeListener(event: string, listener: Listener): this {
    return this.off(event, listener)
  }

  removeAllListeners(event?: string): this {
    if (event === undefined) this.#listeners.clear()
    else this.#listeners.delete(event)
    return this
  }

  listenerCount(event: string): number {
    return this.#of(event).length
  }

  emit(event: string, ...args: unknown[]): boolean {
    const entries = this.#of(event)
    for (const { listener, isOnce } of entries) {
      if (isOnce) this.off(event, listener)
      listener.apply(this, args)
    }
    return entries.length > 0
  }

  #add(event: string, listener: Listener, isOnce: boolean): this {
    this.#listeners.set(event, [...this.#of(event), { listener, isOnce }])
    return this
  }

  #of(event: string): { readonly listener: Listener; readonly isOnce: boolean }[] {
    return this.#listeners.get(event) ?? []
  }
}
