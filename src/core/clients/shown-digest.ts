import { createHmac, randomBytes } from 'node:crypto'
import type { ExtractedServer } from './extract-found.ts'

/** Two servers with one digest run the same thing in the same way, with the same secrets under the same names. */
export type ShownDigest = (found: ExtractedServer) => string

/**
 * Makes what tells whether a server that was shown to a person is still the same. It has a key of its own, so that a digest
 * tells nothing about the secrets in it; after the host's end none agrees any more.
 */
export function createShownDigest(): ShownDigest {
  const key = randomBytes(32)
  return ({ server, secrets, leftOut, withoutValue }) => {
    const { transport, dialect, inputs, timeouts, tools, sources } = server
    const values = [...secrets, ...leftOut].map(({ name, value }) => [name, value])
    const isDisabled = sources.every((source) => source.disabled)
    return createHmac('sha256', key)
      .update(
        JSON.stringify([
          transport,
          dialect,
          inputs,
          timeouts,
          tools,
          isDisabled,
          withoutValue,
          values.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
        ]),
      )
      .digest('base64url')
  }
}
