import { DesktopService } from '../../src/main/desktop-service.ts'
import { defaultPreferences, withPatch } from '../../src/main/preferences.ts'
import { AppError } from '../../src/shared/domain/errors.ts'

/** The desktop service of a window that is not there: settings change, a secret named `not-for-you` is not shown, everything else does nothing. */
export function createDesktopService(): DesktopService {
  const service: DesktopService = new DesktopService(
    {
      isDesktop: true,
      settings: defaultPreferences.settings,
      hasTray: true,
      hasTouchId: false,
      attachedTo: null,
      update: { state: 'off' },
      quitting: null,
    },
    {
      change: async (patch) => {
        const settings = withPatch(service.state.settings, patch)
        service.set({ settings })
        return settings
      },
      confirmPerson: async (reason) => {
        if (reason.includes('not-for-you'))
          throw new AppError('unauthorized', { reason: 'cancelled' })
      },
      copySecret: async () => {},
      noteUnsaved: () => {},
      quitNow: () => {},
      restartToUpdate: () => {},
    },
  )
  return service
}
