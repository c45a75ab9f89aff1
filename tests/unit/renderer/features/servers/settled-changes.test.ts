import { expect, test } from 'vitest'
import { settledChanges } from '../../../../../src/renderer/features/servers/settled-changes.ts'
import type { ServerView } from '../../../../../src/shared/domain/server-view.ts'
import { failed, running, server, stopped } from './server-fixture.ts'

const mapOf = (...servers: readonly ServerView[]) =>
  new Map(servers.map((one) => [one.definition.id, one]))

test('tells what came to rest in another state, and nothing that is new, the same or on its way', () => {
  const before = mapOf(server(1, 'starts'), server(2, 'fails', running), server(3, 'same', running))
  const after = mapOf(
    server(1, 'starts', {
      phase: 'starting',
      generation: 1,
      attempt: 1,
      step: 'spawn',
      since: 0,
      pid: null,
    }),
    server(2, 'fails', failed('exited')),
    server(3, 'same', { ...running, since: 9 }),
    server(4, 'new', stopped),
  )
  expect(settledChanges(before, after).map((one) => one.definition.name)).toEqual(['fails'])
})
