import { expect, test } from 'vitest'
import type { SignInEvent } from '../../../src/shared/domain/account.ts'
import { inPhase, openTempCore, remote, settled, textOf } from '../temp-core.ts'
import { browse, serveAuthorization } from './authorization-fixture.ts'
import { signInTo } from './sign-in-to.ts'

test('a server that asks for a sign-in waits, is signed in to, runs, and keeps its tokens in the vault', async () => {
  const fixture = await serveAuthorization()
  const { core, add, start, call } = await openTempCore()
  const server = await add('guarded', remote('http', fixture.url))
  const { error } = inPhase(await start(server.id), 'failed')
  expect(error).toEqual({
    code: 'auth_required',
    data: { reason: 'no_account', signIn: 'guarded' },
  })
  const events: SignInEvent[] = []
  const shown: string[] = []
  const account = await signInTo(core, server.id, async (event) => {
    events.push(event)
    if (event.type === 'authorize') shown.push(await (await browse(event.url)).text())
  })
  expect(shown).toEqual([expect.stringContaining('<h1>Signed in</h1>')])
  expect(events.map((event) => (event.type === 'step' ? event.step : event.type))).toEqual([
    'discover',
    'register',
    'authorize',
    'authorize',
    'exchange',
    'signed_in',
  ])
  expect(account).toMatchObject({
    serverUrl: fixture.url,
    resource: fixture.url,
    issuer: fixture.issuer,
    isRenewable: true,
    problem: null,
  })
  core.supervisor.command(server.id, 'start')
  inPhase(await settled(core, server.id), 'running')
  expect(textOf(await call(server.id, 'read'))).toBe('read done')
})
