import { describeError } from '../shared/domain/describe-error.ts'
import type { ServerId } from '../shared/domain/ids.ts'
import type { SayDesktop } from './desktop-texts.ts'
import type { ServerNews } from './server-news.ts'

/** A notification, and the server whose page a click on it opens; null: the list of all. */
export interface NotificationText {
  readonly title: string
  readonly body: string
  readonly serverId: ServerId | null
}

/** So many names fit. */
const maxNames = 4

/** One notification for what came together; null where nothing did. The newest word on each server counts. Pure. */
export function notificationText(
  news: readonly ServerNews[],
  say: SayDesktop,
): NotificationText | null {
  const byServer = new Map(news.map((one) => [one.id, one]))
  const [first, ...others] = byServer.values()
  if (first === undefined) return null
  if (others.length === 0) {
    const { id, name, reason, error, failures } = first
    const { title, action } = describeError(error.code, error.data)
    return {
      title: say(`notify.${reason}`, { name, count: failures }),
      body: reason === 'signIn' ? action : `${title}. ${action}`,
      serverId: id,
    }
  }
  const names = [first, ...others].map(({ name }) => name)
  return {
    title: say('notify.several', { count: names.length }),
    body: names.length > maxNames ? `${names.slice(0, maxNames).join(', ')}, …` : names.join(', '),
    serverId: null,
  }
}
