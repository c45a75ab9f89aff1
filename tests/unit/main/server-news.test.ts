import { expect, test } from 'vitest'
import { sayDesktop } from '../../../src/main/desktop-texts.ts'
import { notificationText, withoutMarkup } from '../../../src/main/notification-text.ts'
import { findNews, type ServerNews, type ToldNews } from '../../../src/main/server-news.ts'
import type { ServerState } from '../../../src/shared/domain/server-state.ts'
import type { ServerView } from '../../../src/shared/domain/server-view.ts'
import { backoff, failed, idOf, running, serverOf, starting, stopped } from './server-fixture.ts'

/** The news of each step in the life of one server. */
function newsOf(...states: readonly ServerState[]): string[][] {
  let told: ToldNews = new Map()
  return states.map((state) => {
    const found = findNews(told, [serverOf(1, 'a', state)])
    told = found.told
    return found.news.map(({ reason }) => reason)
  })
}

test('a failure is told, and the parking after more of them; each once', () => {
  expect(
    newsOf(
      starting,
      backoff(1),
      starting,
      backoff(2),
      backoff(3),
      backoff(4),
      failed(5),
      failed(5),
    ),
  ).toEqual([[], ['failed'], [], [], [], [], ['parked'], []])
})

test('what no retry can mend is told as a failure, what a person has to give as that', () => {
  expect(newsOf(failed(1, 'command_not_found'))).toEqual([['failed']])
  expect(newsOf(failed(1, 'auth_required'))).toEqual([['signIn']])
  expect(newsOf(failed(1, 'vault_locked'), failed(1, 'vault_locked'))).toEqual([['vault'], []])
  expect(newsOf(failed(1, 'command_not_allowed'))).toEqual([['consent']])
  expect(newsOf(failed(1, 'input_missing'))).toEqual([['value']])
  expect(newsOf(failed(1, 'secret_missing'))).toEqual([['value']])
})

test('a server that starts only to fail again is no news each time', () => {
  const loop = [running(1), backoff(2), starting, running(2), backoff(3), starting]
  expect(newsOf(backoff(1), ...loop, ...loop, ...loop).flat()).toEqual(['failed'])
})

test('one that was well, or that a person stopped, is news when it fails again', () => {
  expect(newsOf(backoff(1), running(1), running(0), backoff(1)).flat()).toEqual([
    'failed',
    'failed',
  ])
  expect(newsOf(failed(5), stopped, starting, failed(5)).flat()).toEqual(['parked', 'parked'])
})

test('one above its ceiling is told once, however often it goes below, until it is stopped', () => {
  const exceeded = { resource: 'cpu', percent: 130, limitPercent: 100 } as const
  const of = (state: ServerState, isAbove: boolean): ServerView => {
    const server = serverOf(1, 'a', state)
    return { ...server, stats: { ...server.stats, exceeded: isAbove ? exceeded : null } }
  }
  let told: ToldNews = new Map()
  const seen = [
    of(running(0), true),
    of(running(0), false),
    of(running(0), true),
    of(stopped, false),
    of(running(0), true),
  ].map((server) => {
    const found = findNews(told, [server])
    told = found.told
    return notificationText(found.news, sayDesktop)
  })
  expect(seen.map((text) => text?.title ?? null)).toEqual([
    'a is above its ceiling',
    null,
    null,
    null,
    'a is above its ceiling',
  ])
  expect(seen[0]?.body).toContain('130 % of a core; the ceiling is 100 %')
})

test('a server that is gone is forgotten', () => {
  const first = findNews(new Map(), [serverOf(1, 'a', failed(5))])
  expect(findNews(first.told, []).told.size).toBe(0)
})

const newsFor = (...servers: readonly ServerView[]): readonly ServerNews[] =>
  findNews(new Map(), servers).news

test('one server is named with what happened and what to do, and a click opens its page', () => {
  expect(notificationText(newsFor(serverOf(1, 'files', failed(5))), sayDesktop)).toEqual({
    title: 'files failed 5 times and is not tried again',
    body: 'The server ended during the call. Read its log; then start it again.',
    serverId: idOf(1),
  })
  expect(
    notificationText(newsFor(serverOf(1, 'hub', failed(1, 'auth_required'))), sayDesktop),
  ).toEqual({
    title: 'hub asks for a sign-in',
    body: 'Give a valid token in its headers.',
    serverId: idOf(1),
  })
  const waiting = notificationText(
    newsFor(serverOf(1, 'hub', failed(1, 'vault_locked'))),
    sayDesktop,
  )
  expect(waiting?.title).toBe('hub waits for the vault')
  expect(waiting?.body).toMatch(/^The vault is locked\. /)
})

test('thirty servers at once are one notification', () => {
  const servers = Array.from({ length: 30 }, (_, index) => serverOf(index, `s${index}`, failed(5)))
  expect(notificationText(newsFor(...servers), sayDesktop)).toEqual({
    title: '30 servers need you',
    body: 's0, s1, s2, s3, …',
    serverId: null,
  })
})

test('of one server the newest word counts', () => {
  const news = [...newsFor(serverOf(1, 'a', backoff(1))), ...newsFor(serverOf(1, 'a', failed(5)))]
  expect(notificationText(news, sayDesktop)?.title).toBe('a failed 5 times and is not tried again')
  expect(notificationText([], sayDesktop)).toBeNull()
})

test('a name hides nothing in a notification, and brings no markup into it', () => {
  const news = newsFor(serverOf(1, `a\u202e\n${'b'.repeat(500)}`, failed(5)))
  expect(notificationText(news, sayDesktop)?.title).toMatch(/^a\ufffd\ufffdb{57}… failed 5 times/)
  expect(withoutMarkup('<a href="https://x/">Sign in</a> & more')).toBe(
    '&lt;a href="https://x/"&gt;Sign in&lt;/a&gt; &amp; more',
  )
})
