import { expect, test } from 'vitest'
import { DesktopService, maxRequests } from '../../../src/main/desktop-service.ts'
import { defaultPreferences } from '../../../src/main/preferences.ts'
import type { DesktopRequest } from '../../../src/shared/contract/desktop.ts'

test('what waits for a page is bounded: somebody else can send links without end', () => {
  const service = new DesktopService(
    {
      isDesktop: true,
      settings: defaultPreferences.settings,
      hasTray: false,
      hasTouchId: false,
      attachedTo: null,
      update: { state: 'off' },
      quitting: null,
    },
    {
      change: async () => defaultPreferences.settings,
      confirmPerson: async () => {},
      copySecret: async () => {},
      noteUnsaved: () => {},
      quitNow: () => {},
      restartToUpdate: () => {},
    },
  )
  const requests = Array.from(
    { length: 500 },
    (_, index): DesktopRequest => ({ show: 'new-server', text: String(index) }),
  )
  for (const request of requests) service.request(request)
  const taken: DesktopRequest[] = []
  service.takeRequests((request) => taken.push(request))
  expect(taken).toEqual(requests.slice(-maxRequests))
})
