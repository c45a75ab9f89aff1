import { describeError } from '../shared/domain/describe-error.ts'
import type { ErrorInfo } from '../shared/domain/errors.ts'
import type { ServerId } from '../shared/domain/ids.ts'
import type { SayDesktop } from './desktop-texts.ts'
import type { ServerNews } from './server-news.ts'
import { shownText } from './shown-text.ts'

/** A notification, and the server whose page a click on it opens; null: the list of all. */
export interface NotificationText {
  readonly title: string
  readonly body: string
  readonly serverId: ServerId | null
}

/** So many names fit. */
const maxNames = 4
/** Names and error texts can be somebody else's; in characters. */
const maxNameLength = 60
const maxBodyLength = 300

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
      title: say(`notify.${reason}`, { name: shownText(name, maxNameLength), count: failures }),
      body: shownText(reason === 'signIn' ? action : `${title}. ${action}`, maxBodyLength),
      serverId: id,
    }
  }
  const names = [first, ...others].map(({ name }) => shownText(name, maxNameLength))
  return {
    title: say('notify.several', { count: names.length }),
    body: names.length > maxNames ? `${names.slice(0, maxNames).join(', ')}, …` : names.join(', '),
    serverId: null,
  }
}

/** The notification of a switch in the tray that could not be moved, and why. Pure. */
export function switchFailureText(
  server: { readonly id: ServerId; readonly name: string },
  enabled: boolean,
  error: ErrorInfo,
  say: SayDesktop,
): NotificationText {
  const { title, action } = describeError(error.code, error.data)
  return {
    title: say(enabled ? 'notify.notSwitchedOn' : 'notify.notSwitchedOff', {
      name: shownText(server.name, maxNameLength),
    }),
    body: shownText(`${title}. ${action}`, maxBodyLength),
    serverId: server.id,
  }
}

/**
 * A body as Linux shows it as it is: desktops take markup in it, with links and images (Desktop Notifications Specification,
 * "Markup"), and Electron passes it on. Pure.
 */
export function withoutMarkup(body: string): string {
  return body.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
