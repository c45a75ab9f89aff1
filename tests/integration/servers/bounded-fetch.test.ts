import { expect, test } from 'vitest'
import { createBoundedFetch } from '../../../src/core/servers/bounded-fetch.ts'
import { serveHttp } from '../http-fixtures.ts'
import { errorOf } from '../temp-core.ts'

const limit = 10_000

/** What a fetch with a limit makes of an answer, and what it tells of event streams. */
async function fetchOf(type: string, chunks: readonly string[]) {
  const page = await serveHttp((_request, response) => {
    response.setHeader('content-type', type)
    for (const chunk of chunks) response.write(chunk)
    response.end()
  })
  const told: string[] = []
  const response = await createBoundedFetch(limit, (error) => told.push(error.code))(page.url)
  expect(response.url).toBe(`${page.url}/`)
  return { response, told }
}

test('a body up to the limit is whole, and a longer one fails', async () => {
  const fine = await fetchOf('application/json', ['x'.repeat(limit)])
  expect(await fine.response.text()).toHaveLength(limit)
  const long = await fetchOf('application/json', ['x'.repeat(limit), 'x'])
  expect((await errorOf(long.response.text())).code).toBe('message_too_large')
  expect(long.told).toEqual([])
})

test.for(['\n', '\r\n'])(
  'an event stream is as long as it likes, an event is not (%j)',
  async (end) => {
    const event = `data: ${'x'.repeat(limit / 2)}${end}${end}`
    const fine = await fetchOf('text/event-stream', [event, event, event])
    expect(await fine.response.text()).toBe(event + event + event)
    const lines = `data: ${'x'.repeat(limit / 2)}${end}`
    const long = await fetchOf('text/event-stream', [event, lines, lines])
    expect((await errorOf(long.response.text())).code).toBe('message_too_large')
    expect(long.told).toEqual(['message_too_large'])
  },
)
