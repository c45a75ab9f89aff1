import { DesktopService } from '../../src/main/desktop-service.ts'
import { defaultPreferences, withPatch } from '../../src/main/preferences.ts'

/** The desktop service of a window that is not there: settings change, everything else does nothing. */
export function createDesktopService(): DesktopService {
  const service: DesktopService = new DesktopService(
    {
      isDesktop: true,
      settings: defaultPreferences.settings,
      hasTray: true,
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
      quitNow: () => {},
      restartToUpdate: () => {},
    },
  )
  return service
}
