import { create } from 'zustand'
import {
  type SecretName,
  type ServerId,
  secretNameSchema,
  serverIdSchema,
} from '../../shared/domain/ids.ts'

/** The tabs of a server's pane. */
export const paneTabs = ['overview', 'tools', 'logs', 'config'] as const
export type PaneTab = (typeof paneTabs)[number]

/** The kinds of things that a server offers. */
export const offerKinds = ['tool', 'prompt', 'resource', 'template'] as const
export type OfferKind = (typeof offerKinds)[number]

/** Where the person is. */
export type Route =
  | { readonly page: 'servers'; readonly serverId: ServerId | null; readonly tab: PaneTab }
  /** `link`: the number of the link that fills the form (`form-inbox.ts`), where one does. */
  | { readonly page: 'add-server'; readonly link?: number }
  | { readonly page: 'edit-server'; readonly serverId: ServerId }
  | { readonly page: 'import' }
  /** `offer` null: nothing is chosen. */
  | {
      readonly page: 'tools'
      readonly offer: {
        readonly serverId: ServerId
        readonly kind: OfferKind
        /** The tool's or prompt's name, the resource's URI, or the template's. */
        readonly name: string
      } | null
    }
  /** `query` as the person typed it; empty: everything. */
  | { readonly page: 'logs'; readonly query: string }
  /** `pid` null: nothing is chosen. */
  | { readonly page: 'processes'; readonly pid: number | null }
  /** `serverId` null: of all servers. */
  | { readonly page: 'activity'; readonly serverId: ServerId | null }
  /** `name` null: none is open. */
  | { readonly page: 'secrets'; readonly name: SecretName | null }
  /** Credentials in files. */
  | { readonly page: 'literals' }
  /** `section`: what is brought into view. */
  | { readonly page: 'settings'; readonly section?: 'notices' }
  /** Every part of the design system. */
  | { readonly page: 'parts' }

/** The first page. */
export const home: Route = { page: 'servers', serverId: null, tab: 'overview' }

/** The route of an address's fragment; anything that is not one leads home. Pure. */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  const [page, ...rest] = path.split('/').map(decodePart)
  switch (page) {
    case 'servers': {
      if (rest[0] === 'new') {
        const link = Number(new URLSearchParams(search).get('link'))
        return link > 0 ? { page: 'add-server', link } : { page: 'add-server' }
      }
      const serverId = parseId(rest[0])
      if (serverId !== null && rest[1] === 'edit') return { page: 'edit-server', serverId }
      return { page, serverId, tab: paneTabs.find((tab) => tab === rest[1]) ?? 'overview' }
    }
    case 'tools': {
      const serverId = parseId(rest[0])
      const kind = offerKinds.find((one) => one === rest[1])
      const name = rest[2]
      if (serverId === null || kind === undefined || name === undefined) {
        return { page, offer: null }
      }
      return { page, offer: { serverId, kind, name } }
    }
    case 'activity':
      return { page, serverId: parseId(rest[0]) }
    case 'logs':
      return { page, query: new URLSearchParams(search).get('q') ?? '' }
    case 'processes': {
      const pid = Number(rest[0])
      return { page, pid: Number.isSafeInteger(pid) && pid > 0 ? pid : null }
    }
    case 'secrets': {
      const name = secretNameSchema.safeParse(rest[0])
      return { page, name: name.success ? name.data : null }
    }
    case 'settings':
      return rest[0] === 'notices' ? { page, section: rest[0] } : { page }
    case 'import':
    case 'literals':
    case 'parts':
      return { page }
    default:
      return home
  }
}

/** The fragment of a route; `parseRoute` reads it back. Pure. */
export function formatRoute(route: Route): string {
  switch (route.page) {
    case 'servers':
      if (route.serverId === null) return '#/servers'
      return `#/servers/${route.serverId}${route.tab === 'overview' ? '' : `/${route.tab}`}`
    case 'add-server':
      return `#/servers/new${route.link === undefined ? '' : `?link=${route.link}`}`
    case 'edit-server':
      return `#/servers/${route.serverId}/edit`
    case 'tools': {
      if (route.offer === null) return '#/tools'
      const { serverId, kind, name } = route.offer
      // A server may give a name with half a character in it, which no address can hold.
      return `#/tools/${serverId}/${kind}/${encodeURIComponent(name.toWellFormed())}`
    }
    case 'activity':
      return route.serverId === null ? '#/activity' : `#/activity/${route.serverId}`
    case 'logs':
      return route.query === '' ? '#/logs' : `#/logs?${new URLSearchParams({ q: route.query })}`
    case 'processes':
      return route.pid === null ? '#/processes' : `#/processes/${route.pid}`
    case 'secrets':
      return route.name === null ? '#/secrets' : `#/secrets/${route.name}`
    case 'settings':
      return route.section === undefined ? '#/settings' : `#/settings/${route.section}`
    case 'import':
    case 'literals':
    case 'parts':
      return `#/${route.page}`
  }
}

/** Where the person is, live. */
export const useRoute = create<{ readonly route: Route }>(() => ({ route: home }))

type Guard = (to: Route) => void
let guard: Guard | null = null

/**
 * From now on going elsewhere only calls `ask`, with where to: for what a person would lose by leaving. `go` with `unasked`
 * leaves all the same. One guard at a time. Returns what takes the guard away.
 */
export function guardLeaving(ask: Guard): () => void {
  guard = ask
  return () => {
    if (guard === ask) guard = null
  }
}

/** Goes somewhere; the way back is in the history unless `replace`. A guard is asked first unless `unasked`. */
export function go(
  route: Route,
  options: { readonly replace?: boolean; readonly unasked?: boolean } = {},
): void {
  const hash = formatRoute(route)
  if (guard !== null && options.unasked !== true && isElsewhere(hash)) {
    guard(route)
    return
  }
  if (options.replace === true) window.history.replaceState(null, '', hash)
  else if (hash !== window.location.hash) window.history.pushState(null, '', hash)
  useRoute.setState({ route })
}

/** Follows the address: the back button, a link, a hand. Call once. */
export function followAddress(): void {
  window.addEventListener('hashchange', readAddress)
  window.addEventListener('popstate', readAddress)
  readAddress()
}

function readAddress(): void {
  const route = parseRoute(window.location.hash)
  if (guard !== null && isElsewhere(formatRoute(route))) {
    // The address has changed already: it says again where the person still is.
    window.history.pushState(null, '', formatRoute(useRoute.getState().route))
    guard(route)
    return
  }
  useRoute.setState({ route })
}

function isElsewhere(hash: string): boolean {
  return hash !== formatRoute(useRoute.getState().route)
}

function parseId(text: string | undefined): ServerId | null {
  const id = serverIdSchema.safeParse(text)
  return id.success ? id.data : null
}

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A stray % that no address of ours has: taken as it stands.
    return text
  }
}
