import type { FetchLike } from '@modelcontextprotocol/client'
import { AppError } from '../../shared/domain/errors.ts'
import { fetchWithinOrigin } from './fetch-within-origin.ts'

/**
 * A fetch that stays at the server (`fetchWithinOrigin`), and whose answers cannot grow without end: the body of an answer,
 * and each event of an event stream, fails with `message_too_large` beyond the limit. The protocol layer keeps the unfinished
 * one in memory.
 * @param limit in bytes.
 * @param onEndlessEvent told when an event stream was ended for that, which fails no request by itself.
 */
export function createBoundedFetch(
  limit: number,
  onEndlessEvent: (error: AppError) => void,
): FetchLike {
  return async (url, init) => {
    const response = await fetchWithinOrigin(url, init)
    if (response.body === null) return response
    const isEventStream =
      response.headers.get('content-type')?.startsWith('text/event-stream') === true
    let bytes = 0
    let isLineEmpty = false
    const guard = new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        if (isEventStream) {
          // An empty line ends an event (HTML standard, "Parsing an event stream").
          for (const byte of chunk) {
            const isLineEnd = byte === 0x0a || byte === 0x0d
            bytes = isLineEnd && isLineEmpty ? 0 : bytes + 1
            // The two characters of a Windows line end are one: the second must not count as an empty line.
            if (byte !== 0x0d) isLineEmpty = isLineEnd
          }
        } else bytes += chunk.length
        if (bytes > limit) {
          const error = new AppError('message_too_large', { bytes })
          controller.error(error)
          if (isEventStream) onEndlessEvent(error)
        } else controller.enqueue(chunk)
      },
    })
    const bounded = new Response(response.body.pipeThrough(guard), response)
    // A new Response knows neither; the event source reads both.
    Object.defineProperties(bounded, {
      url: { value: response.url },
      redirected: { value: response.redirected },
    })
    return bounded
  }
}
