import { describe, expect, it } from 'vitest'
import { isGap } from '../../../../../src/renderer/features/logs/line-buffer.ts'
import { LogFeed } from '../../../../../src/renderer/features/logs/log-feed.ts'
import type { HostClient } from '../../../../../src/shared/contract/contract.ts'
import type { LogQuery } from '../../../../../src/shared/contract/logs.ts'
import type { Batch } from '../../../../../src/shared/contract/streams.ts'
import { serverIdSchema, streamIdSchema } from '../../../../../src/shared/domain/ids.ts'
import type { LogLine } from '../../../../../src/shared/domain/log-line.ts'
import { makeLine } from './make-line.ts'

const all = {
  serverIds: null,
  sources: null,
  levels: null,
  sinceAt: null,
  untilAt: null,
  text: null,
}
const other = serverIdSchema.parse('srv_0000000000000002')
const streamId = streamIdSchema.parse('str_0000000000000001')

/** Lines of one server, numbered from `from` to `to`, a millisecond after each other. */
function lines(from: number, to: number): LogLine[] {
  return Array.from({ length: to - from + 1 }, (_, index) =>
    makeLine({ seq: from + index, at: from + index }),
  )
}

/** A host's log: `stored` is answered from, `live` comes once the first answer was given. */
class Log {
  stored: LogLine[] = []
  live: LogLine[][] = []
  readonly queries: LogQuery[] = []
  /** Runs while a question is on its way. */
  onQuery: () => void = () => {}

  readonly client: HostClient
  constructor() {
    const logs = {
      follow: async () => this.#follow(),
      query: async (query: LogQuery) => {
        this.queries.push(query)
        this.onQuery()
        const { before } = query
        const end =
          before === null
            ? this.stored.length
            : this.stored.findIndex(
                ({ serverId, seq }) => serverId === before.serverId && seq === before.seq,
              )
        return this.stored.slice(Math.max(0, end - query.limit), Math.max(0, end))
      },
    }
    const streams = { ack: async () => {} }
    // A feed asks for nothing else of its host.
    this.client = { logs, streams } as unknown as HostClient
  }

  async *#follow(): AsyncGenerator<Batch<LogLine>> {
    yield { streamId, seq: 1, items: [], dropped: 0 }
    for (const [index, items] of this.live.entries()) {
      yield { streamId, seq: index + 2, items, dropped: 0 }
    }
  }
}

function feedOf(initial: number, kept = 100): LogFeed {
  return new LogFeed(all, { initial, kept }, (run) => run())
}

function held(feed: LogFeed): number[] {
  const { firstId, endId } = feed.lines
  return Array.from({ length: endId - firstId }, (_, index) => {
    const row = feed.lines.get(firstId + index)
    return row === undefined || isGap(row) ? -1 : row.seq
  })
}

describe('LogFeed', () => {
  it('begins with the newest lines, and goes on with those that the stream brings after them', async () => {
    const log = new Log()
    log.stored = lines(1, 6)
    log.live = [lines(5, 7), lines(8, 8)]
    const feed = feedOf(3)
    await feed.connect(log.client)
    expect(held(feed)).toEqual([4, 5, 6, 7, 8])
    expect(feed.state()).toMatchObject({ phase: 'ready', hasOlder: true, arrived: 2 })
  })

  it('has no line twice where more were written before the answer came than the answer has', async () => {
    const log = new Log()
    log.stored = lines(1, 20)
    log.live = [lines(11, 16), lines(17, 22)]
    const feed = feedOf(3)
    await feed.connect(log.client)
    expect(held(feed)).toEqual([18, 19, 20, 21, 22])
  })

  it('leaves what is older than a full answer to its page, of a server that has no line in it too', async () => {
    const log = new Log()
    const early = makeLine({ serverId: other, seq: 1, at: 11 })
    const late = makeLine({ serverId: other, seq: 2, at: 21 })
    log.stored = [early, ...lines(12, 20)]
    log.live = [[early, ...lines(12, 20), late]]
    const feed = feedOf(3)
    await feed.connect(log.client)
    expect(held(feed)).toEqual([18, 19, 20, 2])
    while (feed.canLoadOlder()) await feed.loadOlder()
    expect(held(feed)).toEqual([1, 12, 13, 14, 15, 16, 17, 18, 19, 20, 2])
  })

  it('takes the first lines of a server that was quiet when the answer was not full', async () => {
    const log = new Log()
    log.stored = lines(5, 6)
    log.live = [[makeLine({ serverId: other, seq: 1, at: 5 })]]
    const feed = feedOf(3)
    await feed.connect(log.client)
    expect(held(feed)).toEqual([5, 6, 1])
    expect(feed.state().hasOlder).toBe(false)
  })

  it('goes on after a new connection without a gap, and without a line twice', async () => {
    const log = new Log()
    log.stored = lines(1, 5)
    const feed = feedOf(3)
    await feed.connect(log.client)
    log.stored = lines(1, 14)
    log.live = [lines(13, 16)]
    await feed.connect(log.client)
    expect(held(feed)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16])
  })

  it('knows that there are older lines where new ones took the room of a page', async () => {
    const log = new Log()
    log.stored = lines(1, 6)
    const feed = feedOf(3, 5)
    await feed.connect(log.client)
    expect(held(feed)).toEqual([4, 5, 6])
    log.onQuery = () => {
      for (const line of lines(7, 8)) feed.lines.append(line)
    }
    await feed.loadOlder()
    expect(held(feed)).toEqual([4, 5, 6, 7, 8])
    expect(feed.state().hasOlder).toBe(true)
  })
})
