import { AppError } from '../shared/domain/errors.ts'

/** What Electron's `systemPreferences` offers on macOS, as far as it is used here. */
export interface TouchId {
  readonly canPromptTouchID: () => boolean
  readonly promptTouchID: (reason: string) => Promise<void>
}

/** Asks the person in front of the machine who they are. */
export interface PersonCheck {
  readonly hasTouchId: boolean
  /** Resolves at once where this machine has no Touch ID. Rejects with `unauthorized`. */
  readonly confirm: (reason: string) => Promise<void>
}

/**
 * A check by Touch ID, which only macOS has.
 * @param touchId is not called anywhere else: Electron has it on macOS only.
 */
export function createPersonCheck(platform: NodeJS.Platform, touchId: () => TouchId): PersonCheck {
  const hasTouchId = platform === 'darwin' && touchId().canPromptTouchID()
  return {
    hasTouchId,
    confirm: async (reason) => {
      if (!hasTouchId) return
      try {
        await touchId().promptTouchID(reason)
      } catch (error) {
        const words = error instanceof Error ? error.message : String(error)
        throw new AppError('unauthorized', { reason: words }, { cause: error })
      }
    },
  }
}
