import { expect, test } from 'vitest'
import { requestTokens, type TokenParties } from '../../../../src/core/oauth/token-request.ts'

/** What is made of an answer of the token endpoint. */
async function outcomeOf(answer: Record<string, unknown>) {
  const parties: TokenParties = {
    authorizationServer: { issuer: 'https://as.test', token_endpoint: 'https://as.test/token' },
    client: { clientId: 'a', clientSecret: null, authMethod: null, redirectUri: null, scope: null },
    serverUrl: new URL('https://mcp.test/mcp'),
    fetch: async () => ({
      status: 200,
      headers: {},
      text: JSON.stringify({ access_token: 'token', token_type: 'Bearer', ...answer }),
    }),
    now: () => Date.UTC(2026, 0),
  }
  return await requestTokens(parties, {}, new AbortController().signal)
}

test.each([3_600, 0.5, 1e12, 1e300, '3600', '9'.repeat(40)])(
  'the end of a life of %s s is a date',
  async (life) => {
    const outcome = await outcomeOf({ expires_in: life })
    if (outcome.kind === 'refused') throw new Error('it was refused')
    expect(() => new Date(outcome.tokens.expiresAt ?? NaN).toISOString()).not.toThrow()
  },
)

test.each([0, -1, 'soon', '', '1e3', null, false, [[]]])(
  'a life of %j is not said: the tokens are taken all the same',
  async (life) => {
    const outcome = await outcomeOf({ expires_in: life, refresh_token: 'next' })
    expect(outcome).toMatchObject({ tokens: { expiresAt: null, refreshToken: 'next' } })
  },
)

test.each([null, ''])('a refresh token and scopes of %j are none', async (none) => {
  const outcome = await outcomeOf({ refresh_token: none, scope: none })
  expect(outcome).toMatchObject({ tokens: { refreshToken: null, scope: null } })
})

test.each(['access_token', 'refresh_token', 'scope'])(
  'a %s without an end is no answer',
  async (name) => {
    await expect(outcomeOf({ [name]: 'x'.repeat(400_000) })).rejects.toMatchObject({
      code: 'sign_in_failed',
      data: { reason: 'token_refused', status: 200 },
    })
  },
)

test.each(['', 'rm -rf /home', 'a\nb', 'tök', '“token”'])('%j is no token', async (token) => {
  await expect(outcomeOf({ access_token: token })).rejects.toMatchObject({
    code: 'sign_in_failed',
    data: { reason: 'token_refused' },
  })
})
