import { expect, test } from 'vitest'
import type { AccountRecord } from '../../../../src/core/oauth/account-store.ts'
import { noChallenge } from '../../../../src/core/oauth/challenge.ts'
import { createServerAuthorizer } from '../../../../src/core/oauth/server-authorizer.ts'
import { createServerId } from '../../../../src/core/servers/server-registry.ts'
import { AppError } from '../../../../src/shared/domain/errors.ts'
import { accountIdSchema } from '../../../../src/shared/domain/ids.ts'
import type { ServerDefinition } from '../../../../src/shared/domain/server-definition.ts'
import { defaultSupervision } from '../../../../src/shared/domain/supervision.ts'

const address = 'https://mcp.example/mcp'

/** The authorizer of a server to which somebody signed in for the scope `a`. */
function signedIn(token = 'token') {
  let record: AccountRecord = {
    id: accountIdSchema.parse('acc_0123456789abcdef'),
    label: '',
    serverUrl: address,
    resource: address,
    issuer: 'https://auth.example',
    clientId: 'client',
    grant: 'authorization_code',
    scope: 'a',
    signedInAt: 0,
    issuedAt: 0,
    expiresAt: null,
    isRenewable: true,
    problem: null,
    authorizationServer: { issuer: 'https://auth.example', token_endpoint: '' },
    askedScope: 'a',
    missingScope: null,
    renewingSince: null,
  }
  const definition: ServerDefinition = {
    id: createServerId(),
    name: 'guarded',
    scope: 'user',
    project: null,
    enabled: true,
    transport: { type: 'http', url: address, headers: {}, headersHelper: null },
    dialect: 'native',
    inputs: [],
    timeouts: { startMs: null, callMs: null },
    supervision: defaultSupervision,
    tools: { allow: null, deny: [] },
    sources: [],
    editedHere: false,
  }
  const notAsked = () => Promise.reject(new Error('not asked for'))
  const authorizer = createServerAuthorizer(
    { definition, address, url: new URL(address) },
    {
      store: {
        find: () => record,
        update: async (_id, change) => {
          record = { ...record, ...change }
        },
      },
      keeper: {
        accessToken: async () => token,
        renewRefused: notAsked,
        noteAccepted: notAsked,
        noteRefused: notAsked,
        takeClient: notAsked,
      },
      onChallenge: () => {},
      discover: notAsked,
      repeats: new Map(),
      preRegistered: notAsked,
      signInAsClient: notAsked,
    },
  )
  const missing = async (scope: string): Promise<unknown> => {
    try {
      const challenge = { ...noChallenge, scope, error: 'insufficient_scope' }
      return await authorizer.missing(challenge, 'token')
    } catch (error) {
      return error instanceof AppError ? error.data : error
    }
  }
  return { missing, record: () => record }
}

test('scopes that are missing add up, and are asked for', async () => {
  const { missing, record } = signedIn()
  expect(await missing('b')).toEqual({ reason: 'scope', scope: 'b', signIn: 'guarded' })
  expect(await missing('c')).toMatchObject({ reason: 'scope', signIn: 'guarded' })
  expect(record().missingScope).toBe('b c')
})

test('a server that asks for another scope with each request does not fill the disk', async () => {
  const { missing, record } = signedIn()
  for (let index = 0; index < 1_000; index += 1) await missing(`scope-number-${index}`)
  expect(record().missingScope?.length).toBeLessThanOrEqual(4_000)
  expect(record().missingScope).toContain('scope-number-999')
})

test('scopes that the last sign-in asked for send nobody away for a third time', async () => {
  const { missing } = signedIn()
  expect(await missing('a')).toMatchObject({ reason: 'scope', signIn: 'guarded' })
  const again = await missing('a')
  expect(again).toEqual({ reason: 'still_missing', scope: 'a' })
})

test('a request that was sent with the token of before is sent with the newer one', async () => {
  const { missing, record } = signedIn('a newer token')
  expect(await missing('b')).toBe('a newer token')
  expect(record().missingScope).toBeNull()
})
