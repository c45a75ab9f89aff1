import i18next from 'i18next'
import type { DesktopRequest } from '../../shared/contract/desktop.ts'
import { assertNever } from '../../shared/lib/assert-never.ts'
import { putIntoInbox } from '../features/import/import-inbox.ts'
import { putIntoFormInbox } from '../features/server-form/form-inbox.ts'
import { toast } from '../ui/toast.tsx'
import { go, home } from './route.ts'

/** Shows what the window around the page asks for. None of it stores or runs anything: it only opens a page. */
export function showDesktopRequests(requests: readonly DesktopRequest[]): void {
  for (const request of requests) show(request)
}

function show(request: DesktopRequest): void {
  switch (request.show) {
    case 'servers':
      return go(home)
    case 'server':
      return go({ page: 'servers', serverId: request.serverId, tab: 'overview' })
    case 'taken-over':
      toast({ tone: 'off', text: i18next.t('takenOver') })
      return
    case 'settings':
      return go({ page: 'settings' })
    case 'new-server':
      return go({
        page: 'add-server',
        ...(request.text !== '' && { link: putIntoFormInbox(request.text) }),
      })
    case 'import':
      if (request.text !== '') putIntoInbox({ name: request.name, text: request.text })
      return go({ page: 'import' })
    case 'refusal':
      toast({ tone: 'bad', text: i18next.t(`refusal.${request.reason}`, { what: request.what }) })
      return
    default:
      assertNever(request)
  }
}
