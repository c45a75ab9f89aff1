import { pino } from 'pino'
import { expect, test } from 'vitest'
import { HostKeeper } from '../../../src/main/host-keeper.ts'
import type { HostLink, LinkEnd } from '../../../src/main/host-link.ts'
import type { HostClient } from '../../../src/shared/contract/contract.ts'

/** A link without a host behind it: nothing can be followed on it, and the test ends it. */
function fakeLink(
  pid: number | null,
): HostLink & { readonly end: (end: LinkEnd) => void; closes: number } {
  const ended = Promise.withResolvers<LinkEnd>()
  const link = {
    // Every call on it fails, as on a connection that is gone.
    client: {} as HostClient,
    attachedTo: pid === null ? null : { pid },
    ended: ended.promise,
    sleep: null,
    hurry: () => {},
    closes: 0,
    end: ended.resolve,
    close: async () => {
      link.closes += 1
      ended.resolve('asked')
    },
  }
  return link
}

function keep(links: readonly (() => Promise<HostLink>)[]) {
  const seen: (number | 'own' | null)[] = []
  const asked = Promise.withResolvers<void>()
  const rest = [...links]
  const keeper = new HostKeeper({
    open: async () => {
      const next = rest.shift()
      if (next === undefined) throw new Error('no more links')
      return await next()
    },
    logger: pino({ level: 'silent' }),
    onLink: (link) => seen.push(link === null ? null : (link.attachedTo?.pid ?? 'own')),
    onServers: () => {},
    onAskedToEnd: () => asked.resolve(),
  })
  return { keeper, seen, asked: asked.promise }
}

test('it takes over when the host that it was attached to goes away', async () => {
  const first = fakeLink(7)
  const { keeper, seen } = keep([async () => first, async () => fakeLink(null)])
  await keeper.start()
  first.end('lost')
  await expect.poll(() => seen).toEqual([7, null, 'own'])
  expect((await keeper.link()).attachedTo).toBeNull()
  await keeper.close()
})

test('it attaches to the host that took its data over', async () => {
  const first = fakeLink(null)
  const { keeper, seen } = keep([async () => first, async () => fakeLink(9)])
  await keeper.start()
  first.end('superseded')
  await expect.poll(() => seen).toEqual(['own', null, 9])
  await keeper.close()
})

test('a host that somebody asked to end is not started again', async () => {
  const first = fakeLink(null)
  const { keeper, seen, asked } = keep([async () => first])
  await keeper.start()
  first.end('asked')
  await asked
  expect(seen).toEqual(['own', null])
})

test('a failure of the first link is the caller’s', async () => {
  await expect(keep([]).keeper.start()).rejects.toThrow('no more links')
})

test('closing while a link is being opened closes that one', async () => {
  const opened = Promise.withResolvers<HostLink>()
  const link = fakeLink(null)
  const { keeper } = keep([() => opened.promise])
  const started = keeper.start()
  const closed = keeper.close()
  opened.resolve(link)
  await Promise.all([started, closed])
  expect(link.closes).toBeGreaterThan(0)
})
