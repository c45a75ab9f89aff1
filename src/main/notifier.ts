import { Notification } from 'electron'
import type { ServerId } from '../shared/domain/ids.ts'
import type { ServerView } from '../shared/domain/server-view.ts'
import type { SayDesktop } from './desktop-texts.ts'
import { type NotificationText, notificationText, withoutMarkup } from './notification-text.ts'
import { findNews, type ServerNews, type ToldNews } from './server-news.ts'

/** What comes within this time becomes one notification, in milliseconds: one cause often breaks several servers. */
const gatherMs = 1_000

/** What the notifier needs. */
export interface NotifierOptions {
  readonly say: SayDesktop
  readonly isWanted: () => boolean
  /** The person clicked on a notification. */
  readonly onClick: (serverId: ServerId | null) => void
}

/** Tells a person of servers that fail, park or ask for a sign-in. */
export class Notifier {
  readonly #options: NotifierOptions
  /** Null until the servers of a host are known: what was so before is no news. */
  #told: ToldNews | null = null
  #gathered: ServerNews[] = []
  /** Held, or they would be collected as garbage and a click on one would do nothing. */
  readonly #shown = new Set<Notification>()

  constructor(options: NotifierOptions) {
    this.#options = options
  }

  /** Takes in the servers as they are; null: there is no host. */
  take(servers: readonly ServerView[] | null): void {
    if (servers === null) {
      this.#told = null
      return
    }
    const { told, news } = findNews(this.#told ?? new Map(), servers)
    const isFirst = this.#told === null
    this.#told = told
    if (isFirst || news.length === 0) return
    if (this.#gathered.length === 0) setTimeout(() => this.#tell(), gatherMs)
    this.#gathered.push(...news)
  }

  #tell(): void {
    const text = notificationText(this.#gathered.splice(0), this.#options.say)
    if (text !== null && this.#options.isWanted()) this.show(text)
  }

  /** Shows a notification whatever the settings say: the answer to what a person just did. */
  show(text: NotificationText): void {
    if (!Notification.isSupported()) return
    const notification = new Notification({
      title: text.title,
      body: process.platform === 'linux' ? withoutMarkup(text.body) : text.body,
    })
    const forget = () => this.#shown.delete(notification)
    notification.on('click', () => {
      forget()
      this.#options.onClick(text.serverId)
    })
    notification.on('close', forget)
    this.#shown.add(notification)
    notification.show()
  }
}
