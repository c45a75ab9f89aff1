import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { HostKeeper } from '../../../src/main/host-keeper.ts'
import type { HostLink, LinkEnd } from '../../../src/main/host-link.ts'
import type { HostClient } from '../../../src/shared/contract/contract.ts'

/** A link to a host that tells nothing, and what was done to it. */
function fakeLink(steps: string[]) {
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
    open: () => {
      steps.push('open')
      const opening = Promise.withResolvers<HostLink>()
      openings.push(opening)
      return opening.promise
    },
    logger: pino({ enabled: false }),
    onLink: (link) => steps.push(link === null ? 'no link' : 'link'),
    onServers: () => {},
    onAskedToEnd: () => steps.push('asked to end'),
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
    openings[0]?.resolve(fakeLink(steps).link)
    await Promise.all([started, closed])
    expect(steps).toEqual(['open', 'close', 'closed'])
  })

  test('waits as well for the host that follows another one', async () => {
    const steps: string[] = []
    const { keeper, openings } = keeperOf(steps)
    const first = fakeLink(steps)
    const started = keeper.start()
    openings[0]?.resolve(first.link)
    await started
    first.ended.resolve('lost')
    await expect.poll(() => openings.length).toBe(2)
    const closed = keeper.close().then(() => steps.push('closed'))
    openings[1]?.resolve(fakeLink(steps).link)
    await closed
    expect(steps).toEqual(['open', 'link', 'no link', 'open', 'close', 'closed'])
  })

  test('does not wait for servers where a person does not want to', async () => {
    const steps: string[] = []
    const { keeper, openings } = keeperOf(steps)
    const started = keeper.start()
    const closed = keeper.close()
    keeper.hurry()
    openings[0]?.resolve(fakeLink(steps).link)
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
