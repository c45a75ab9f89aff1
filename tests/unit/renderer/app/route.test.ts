import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatRoute,
  home,
  offerKinds,
  paneTabs,
  parseRoute,
  type Route,
} from '../../../../src/renderer/app/route.ts'
import { serverIdSchema } from '../../../../src/shared/domain/ids.ts'

const id = serverIdSchema.parse('srv_0123456789abcdef')
const text = fc.string({ unit: 'binary', minLength: 1 }).filter((value) => value.isWellFormed())

const routes: fc.Arbitrary<Route> = fc.oneof(
  fc.record({
    page: fc.constant('servers' as const),
    serverId: fc.constant(id),
    tab: fc.constantFrom(...paneTabs),
  }),
  fc.constant(home),
  fc.constantFrom<Route>(
    { page: 'add-server' },
    { page: 'add-server', link: 3 },
    { page: 'edit-server', serverId: id },
    { page: 'import' },
    { page: 'activity', serverId: null },
    { page: 'activity', serverId: id },
    { page: 'settings' },
    { page: 'settings', section: 'notices' },
    { page: 'parts' },
    { page: 'tools', offer: null },
    { page: 'logs', query: '' },
    { page: 'processes', pid: null },
    { page: 'processes', pid: 4711 },
  ),
  text.map((query) => ({ page: 'logs' as const, query })),
  fc.record({
    page: fc.constant('tools' as const),
    offer: fc.record({
      serverId: fc.constant(id),
      kind: fc.constantFrom(...offerKinds),
      name: text,
    }),
  }),
)

describe('routes', () => {
  it('are read back from their address, whatever a name or a query holds', () => {
    fc.assert(
      fc.property(routes, (route) => {
        expect(parseRoute(formatRoute(route))).toEqual(route)
      }),
    )
  })

  it('have an address for a name that is no well-formed text, too', () => {
    const offer = { serverId: id, kind: 'tool' as const, name: 'half \ud800' }
    expect(formatRoute({ page: 'tools', offer })).toBe(`#/tools/${id}/tool/half%20%EF%BF%BD`)
  })

  it.each(['', '#', '#/', '#/nowhere', '#/servers/not-an-id', '#/%E0%A4%A', '#ticket=x'])(
    '%s leads home',
    (hash) => {
      expect(parseRoute(hash)).toEqual(home)
    },
  )
})
