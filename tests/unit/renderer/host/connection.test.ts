import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { HostLink } from '../../../../src/renderer/host/connect-host.ts'
import {
  host,
  keepConnected,
  reconnectNow,
  useConnection,
} from '../../../../src/renderer/host/connection.ts'
import type { HostClient } from '../../../../src/shared/contract/contract.ts'
import { AppError } from '../../../../src/shared/domain/errors.ts'

const status = () => useConnection.getState().connection.status
const forever = new Promise<never>(() => {})
const refusal = new AppError('unauthorized', { reason: 'No session.' })
const unreachable = new AppError('host_unreachable', { reason: 'Nothing answers.' })

/** A link that ends when it is told to. */
function createLink() {
  const end = Promise.withResolvers<void>()
  const link: HostLink = {
    // Nothing is called on it here.
    client: {} as HostClient,
    closed: end.promise,
    close: vi.fn<() => void>(),
  }
  return { link, end: () => end.resolve() }
}

/** Answers of `connect`, one after the other; the last one is a refusal, which ends the loop. */
function answers(...list: readonly (HostLink | Error)[]) {
  const rest = [...list, refusal]
  return vi.fn<() => Promise<HostLink>>(async () => {
    const next = rest.shift() ?? refusal
    if (next instanceof Error) throw next
    return next
  })
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000 })
  useConnection.setState(useConnection.getInitialState(), true)
})
afterEach(() => {
  vi.useRealTimers()
})

describe('keepConnected', () => {
  it('hands out the client while the connection is open, and none after it', async () => {
    const { link, end } = createLink()
    const connected = keepConnected(answers(link), () => forever)
    await vi.advanceTimersByTimeAsync(0)
    expect(status()).toBe('connected')
    expect(host()).toBe(link.client)
    end()
    await vi.advanceTimersByTimeAsync(0)
    expect(useConnection.getState().connection).toEqual({
      status: 'lost',
      since: 1_000,
      retryAt: 1_250,
    })
    expect(host).toThrow(expect.objectContaining({ code: 'host_unreachable' }))
    await vi.advanceTimersByTimeAsync(250)
    await connected
  })

  it('waits twice as long after each failure, at most 5 s, and counts from the loss', async () => {
    const { link } = createLink()
    const connect = answers(...Array.from({ length: 7 }, () => unreachable), link)
    void keepConnected(connect, () => forever)
    const waits: number[] = []
    for (let attempt = 0; attempt < 7; attempt += 1) {
      await vi.advanceTimersByTimeAsync(0)
      const { connection } = useConnection.getState()
      if (connection.status !== 'lost') throw new Error(`It is ${connection.status}.`)
      expect(connection.since).toBe(1_000)
      waits.push(connection.retryAt - Date.now())
      await vi.advanceTimersByTimeAsync(connection.retryAt - Date.now())
    }
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000])
    expect(status()).toBe('connected')
    expect(useConnection.getState().connectedTimes).toBe(1)
  })

  it('tries at once when it is told to', async () => {
    const { link } = createLink()
    void keepConnected(answers(unreachable, link), () => forever)
    await vi.advanceTimersByTimeAsync(0)
    expect(status()).toBe('lost')
    reconnectNow()
    await vi.advanceTimersByTimeAsync(0)
    expect(status()).toBe('connected')
    reconnectNow()
    expect(status()).toBe('connected')
  })

  it('ends where the host refuses, and says why', async () => {
    await keepConnected(answers(), () => forever)
    expect(useConnection.getState().connection).toEqual({ status: 'refused', error: refusal })
  })

  it('makes the connection anew when a stream fails while it is open', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue()
    const first = createLink()
    const second = createLink()
    void keepConnected(answers(first.link, second.link), async (client) => {
      if (client === first.link.client) throw new Error('A store cannot take this in.')
      await forever
    })
    await vi.advanceTimersByTimeAsync(0)
    expect(first.link.close).toHaveBeenCalledOnce()
    expect(warn).toHaveBeenCalledOnce()
    await vi.advanceTimersByTimeAsync(250)
    expect(host()).toBe(second.link.client)
    expect(useConnection.getState().connectedTimes).toBe(2)
    warn.mockRestore()
  })
})
