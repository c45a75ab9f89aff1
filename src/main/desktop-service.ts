import type {
  DesktopRequest,
  DesktopSettings,
  DesktopSettingsPatch,
  DesktopState,
} from '../shared/contract/desktop.ts'

/** Requests that wait for a page, or a busy one, at most; the oldest goes first. */
export const maxRequests = 20

/** The state of a page that has a window around it. */
export type WindowState = Extract<DesktopState, { isDesktop: true }>

/** What the page can do to the program around it. */
export interface DesktopActions {
  /** Stores a change and does what follows from it. */
  readonly change: (patch: DesktopSettingsPatch) => Promise<DesktopSettings>
  /** Asks the person who they are, where this machine can, before something that only they may see. Rejects with `unauthorized`. */
  readonly confirmPerson: (reason: string) => Promise<void>
  /** Puts a secret into the clipboard for a while. */
  readonly copySecret: (value: string) => Promise<void>
  /** The page has something that is not saved, or no more. */
  readonly noteUnsaved: (isUnsaved: boolean) => void
  readonly quitNow: () => void
  readonly restartToUpdate: () => void
}

/** What this process tells its window, and does for it. */
export class DesktopService {
  readonly actions: DesktopActions
  #state: WindowState
  readonly #stateListeners = new Set<(state: WindowState) => void>()
  /** Nobody has seen them yet. */
  #waiting: DesktopRequest[] = []
  #requestListener: ((request: DesktopRequest) => void) | null = null

  constructor(state: WindowState, actions: DesktopActions) {
    this.#state = state
    this.actions = actions
  }

  get state(): WindowState {
    return this.#state
  }

  /** Changes some of the state and tells it. */
  set(patch: Partial<Omit<WindowState, 'isDesktop'>>): void {
    this.#state = { ...this.#state, ...patch }
    for (const listener of this.#stateListeners) listener(this.#state)
  }

  /** Told of the state after each change. The answer ends it. */
  onDidChange(listener: (state: WindowState) => void): () => void {
    this.#stateListeners.add(listener)
    return () => this.#stateListeners.delete(listener)
  }

  /** Has the page show something, at once or as soon as there is a page. */
  request(request: DesktopRequest): void {
    if (this.#requestListener !== null) return this.#requestListener(request)
    this.#waiting = [...this.#waiting, request].slice(-maxRequests)
  }

  /** Hands over what waits, then what comes; the last one who asks gets it. The answer ends it. */
  takeRequests(listener: (request: DesktopRequest) => void): () => void {
    this.#requestListener = listener
    for (const request of this.#waiting.splice(0)) listener(request)
    return () => {
      if (this.#requestListener === listener) this.#requestListener = null
    }
  }
}
