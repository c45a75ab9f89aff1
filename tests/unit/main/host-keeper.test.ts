import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
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
    onTakenOver: () => {},
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

/** A link to a host that tells nothing, and what was done to it. */
function tellingLink(steps: string[]) {
  const ended = Promise.withResolvers<LinkEnd>()
  const link: HostLink = {
    // The keeper follows the servers and nothing else of a client.
    client: {
      servers: { watch: async () => await Promise.reject(new Error('no stream')) },
      streams: { ack: async () => {} },
    } as unknown as HostClient,
    attachedTo: null,
    ended: ended.promise,
    sleep: null,
    hurry: () => steps.push('hurry'),
    close: async () => {
      steps.push('close')
      ended.resolve('asked')
    },
  }
  return { link, ended }
}

/** A keeper whose links come when the test says so, the first of them first. */
function keeperOf(steps: string[]) {
  const openings: PromiseWithResolvers<HostLink>[] = []
  const keeper = new HostKeeper({
    open: (startServers) => {
      steps.push(startServers ? 'open' : 'open at rest')
      const opening = Promise.withResolvers<HostLink>()
      openings.push(opening)
      return opening.promise
    },
    logger: pino({ enabled: false }),
    onLink: (link) => steps.push(link === null ? 'no link' : 'link'),
    onServers: () => {},
    onAskedToEnd: () => steps.push('asked to end'),
    onTakenOver: () => steps.push('taken over'),
  })
  return { keeper, openings }
}

describe('the end while a host starts', () => {
  test('waits for that host and ends it: it may have started servers already', async () => {
    const steps: string[] = []
    const { keeper, openings } = keeperOf(steps)
    const started = keeper.start()
    const closed = keeper.close().then(() => steps.push('closed'))
    // Whatever could run without the host has run by then.
    await new Promise(setImmediate)
    openings[0]?.resolve(tellingLink(steps).link)
    await Promise.all([started, closed])
    expect(steps).toEqual(['open', 'close', 'closed'])
  })

  test('waits as well for the host that follows another one', async () => {
    const steps: string[] = []
    const { keeper, openings } = keeperOf(steps)
    const first = tellingLink(steps)
    const started = keeper.start()
    openings[0]?.resolve(first.link)
    await started
    first.ended.resolve('lost')
    await expect.poll(() => openings.length).toBe(2)
    const closed = keeper.close().then(() => steps.push('closed'))
    openings[1]?.resolve(tellingLink(steps).link)
    await closed
    expect(steps).toEqual(['open', 'link', 'no link', 'open', 'close', 'closed'])
  })

  test('a host that was stopped elsewhere is followed by one whose servers rest', async () => {
    const steps: string[] = []
    const { keeper, openings } = keeperOf(steps)
    const first = tellingLink(steps)
    const started = keeper.start()
    openings[0]?.resolve(first.link)
    await started
    first.ended.resolve('stopped')
    await expect.poll(() => openings.length).toBe(2)
    openings[1]?.resolve(tellingLink(steps).link)
    await expect.poll(() => steps).toContain('taken over')
    expect(steps).toEqual(['open', 'link', 'no link', 'open at rest', 'taken over', 'link'])
    await keeper.close()
  })

  test('does not wait for servers where a person does not want to', async () => {
    const steps: string[] = []
    const { keeper, openings } = keeperOf(steps)
    const started = keeper.start()
    const closed = keeper.close()
    keeper.hurry()
    openings[0]?.resolve(tellingLink(steps).link)
    await Promise.all([started, closed])
    expect(steps).toEqual(['open', 'hurry', 'close'])
  })

  test('before it lets none start', async () => {
    const steps: string[] = []
    const { keeper } = keeperOf(steps)
    await keeper.close()
    await keeper.start()
    expect(steps).toEqual([])
  })

  test('comes all the same where no host can be had', async () => {
    const { keeper, openings } = keeperOf([])
    const started = keeper.start()
    const closed = keeper.close()
    openings[0]?.reject(new Error('no host'))
    await expect(started).rejects.toThrow('no host')
    await closed
  })
})
