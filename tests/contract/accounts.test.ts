import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createRouter } from '../../src/host/rpc/router.ts'
import { StreamSender } from '../../src/host/rpc/stream-sender.ts'
import type { HostClient } from '../../src/shared/contract/contract.ts'
import { readStream } from '../../src/shared/contract/read-stream.ts'
import { toAppError } from '../../src/shared/contract/rpc-error.ts'
import type { AppError } from '../../src/shared/domain/errors.ts'
import type { ServerId } from '../../src/shared/domain/ids.ts'
import { type TestConnection, transports } from './connections.ts'
import { createTempCore, type TempCore } from './temp-core.ts'

for (const [name, connect] of Object.entries(transports)) {
  describe(`accounts over ${name}`, () => {
    let temp: TempCore
    let connection: TestConnection
    let client: HostClient
    let serverId: ServerId
    const refusing = createServer((_request, response) => response.writeHead(401).end())

    beforeEach(async () => {
      temp = await createTempCore()
      connection = await connect(
        createRouter({
          core: temp.core,
          streams: new StreamSender(),
          followsSwitch: true,
          endpoint: null,
          shutdown: () => {},
          startedAt: 1,
          onBug: (error) => expect.unreachable(String(error)),
          hostNotices: [],
        }),
      )
      client = connection.client
      await new Promise<void>((resolve) => {
        refusing.listen(0, '127.0.0.1', resolve)
      })
      // Listening on a port, so it has one.
      const { port } = refusing.address() as AddressInfo
      const { definition } = await client.servers.add({
        name: 'refusing',
        transport: {
          type: 'http',
          url: `http://127.0.0.1:${port}/mcp`,
          headers: {},
          headersHelper: null,
        },
      })
      serverId = definition.id
    })
    afterEach(async () => {
      await connection.break()
      await temp.dispose()
      await new Promise((resolve) => {
        refusing.close(resolve)
        refusing.closeAllConnections()
      })
    })

    test('a sign-in tells its steps, and why it failed', async () => {
      const steps: unknown[] = []
      const read = async () => {
        const stream = client.accounts.signIn({ serverId })
        for await (const { items } of readStream(stream, client.streams.ack)) steps.push(...items)
      }
      expect(await failureOf(read())).toMatchObject({
        code: 'sign_in_failed',
        data: { reason: 'no_authorization_server' },
      })
      expect(steps).toEqual([{ type: 'step', step: 'discover' }])
    })

    test('there is nobody before anybody signed in', async () => {
      expect(await client.accounts.list()).toEqual([])
      expect(await client.accounts.get({ serverId })).toBeNull()
      const paste = client.accounts.paste({ serverId, text: 'code' })
      expect((await failureOf(paste)).data).toEqual({ reason: 'bad_response' })
      const cancel = new AbortController()
      const stream = client.accounts.watch(undefined, { signal: cancel.signal })
      for await (const { items } of readStream(stream, client.streams.ack)) {
        expect(items).toEqual([{ type: 'ready' }])
        break
      }
    })

    test('what is stated about the sign-in is kept, its secret in the vault alone', async () => {
      const patch = { clientId: 'client', clientSecretValue: 'a secret of the client' }
      const { definition } = await client.accounts.setOptions({ serverId, patch })
      const clientSecret = `secret://oauth.secret.${serverId}`
      expect(definition.oauth).toMatchObject({ clientId: 'client', clientSecret })
      expect(JSON.stringify(await client.servers.list())).not.toContain('a secret')
      const changed = await client.accounts.setOptions({ serverId, patch: { account: 'work' } })
      expect(changed.definition.oauth).toMatchObject({ clientSecret, account: 'work' })
      const dropped = await client.accounts.setOptions({ serverId, patch: { clientId: null } })
      expect(dropped.definition.oauth).toMatchObject({ clientId: null, clientSecret: null })
      const alone = { serverId, patch: { clientSecretValue: 'x' } }
      expect((await failureOf(client.accounts.setOptions(alone))).code).toBe('invalid_input')
    })
  })
}

async function failureOf(promise: Promise<unknown>): Promise<AppError> {
  try {
    await promise
  } catch (error) {
    return toAppError(error)
  }
  throw new Error('it did not fail')
}
