import type { ErrorInfo } from '../../../shared/domain/errors.ts'

/** What says that the file of servers was damaged; null where it was not. Pure. */
export function damagedServers(notices: readonly ErrorInfo[]): ErrorInfo | null {
  return (
    notices.find(
      ({ code, data }) =>
        code === 'state_corrupt' && /[\\/]servers\.json$/.test(String(data['file'])),
    ) ?? null
  )
}
