import type { DesktopSettings } from '../shared/contract/desktop.ts'
import { closeAction } from './close-action.ts'
import { askToClose, type CloseAnswer, tellNoTray } from './desktop-dialogs.ts'
import type { WindowState } from './desktop-service.ts'
import { sayDesktop } from './desktop-texts.ts'

/** What closing the window depends on, and what it can come to. */
export interface WindowClosingOptions {
  readonly state: () => WindowState
  readonly isQuitting: () => boolean
  readonly hide: () => void
  readonly quit: () => void
  /** Keeps an answer for good. */
  readonly keepAnswer: (onClose: DesktopSettings['onClose']) => Promise<unknown>
  /** For work that nobody waits for. */
  readonly inBackground: (work: Promise<unknown>) => void
}

/** What happens when a person closes the window: it hides, or the program ends, as they said or are asked. */
export class WindowClosing {
  readonly #options: WindowClosingOptions
  #isAsking = false

  constructor(options: WindowClosingOptions) {
    this.#options = options
  }

  /** Answers whether the window may go. */
  onClose(): boolean {
    const { state, isQuitting, hide, quit, inBackground } = this.#options
    const { settings, hasTray, attachedTo } = state()
    const isAttached = attachedTo !== null
    const action = closeAction(settings.onClose, hasTray, isQuitting())
    if (action === 'hide') hide()
    if (action === 'quit') quit()
    if (action === 'ask') inBackground(this.#doAsAnswered(() => askToClose(sayDesktop, isAttached)))
    if (action === 'tell-no-tray')
      inBackground(this.#doAsAnswered(() => tellNoTray(sayDesktop, isAttached)))
    return action === 'close'
  }

  async #doAsAnswered(ask: () => Promise<CloseAnswer>): Promise<void> {
    const { hide, quit, keepAnswer } = this.#options
    // The question is on the screen already.
    if (this.#isAsking) return
    this.#isAsking = true
    const { choice, isForGood } = await ask().finally(() => {
      this.#isAsking = false
    })
    if (choice === 'cancel') return
    if (isForGood) await keepAnswer(choice)
    if (choice === 'tray') hide()
    else quit()
  }
}
