/** How long a secret stays in the clipboard, in milliseconds. */
export const secretInClipboardMs = 30_000

/** What Electron's `clipboard` offers, as far as it is used here. */
export interface Clipboard {
  readonly readText: () => Promise<string>
  readonly writeText: (text: string) => Promise<void>
  readonly clear: () => void
}

/** Puts secrets into the clipboard, and takes each out again unless something else has taken its place. */
export class SecretClipboard {
  readonly #clipboard: Clipboard
  readonly #onFault: (error: unknown) => void
  #held: string | null = null
  #timer: NodeJS.Timeout | undefined

  constructor(clipboard: Clipboard, onFault: (error: unknown) => void) {
    this.#clipboard = clipboard
    this.#onFault = onFault
  }

  /** Copies a value for 30 s. */
  async copy(value: string): Promise<void> {
    clearTimeout(this.#timer)
    await this.#clipboard.writeText(value)
    this.#held = value
    this.#timer = setTimeout(() => void this.clear(), secretInClipboardMs)
  }

  /** Takes the value out at once, if it is still there. Never rejects. */
  async clear(): Promise<void> {
    clearTimeout(this.#timer)
    const held = this.#held
    this.#held = null
    if (held === null) return
    try {
      if ((await this.#clipboard.readText()) === held) this.#clipboard.clear()
    } catch (error) {
      this.#onFault(error)
    }
  }
}
