import { expect, test } from 'vitest'
import { meaningOfRefusal, planToken } from '../../../../src/core/oauth/token-plan.ts'

const hour = 3_600_000
const tokens = { issuedAt: 0, expiresAt: hour }
const plain = { tokens, isRenewable: true, isRenewalOpen: false, retryAt: 0 }

test.each([
  ['a fresh token is used', plain, 1_000, 'use'],
  ['the last five minutes of an hour: renewed ahead', plain, hour - 299_000, 'renew_ahead'],
  ['before them it is used', plain, hour - 301_000, 'use'],
  ['just before its expiry it no longer serves', plain, hour - 9_000, 'renew'],
  [
    'after a failure it is used until the next try',
    { ...plain, retryAt: hour },
    hour - 200_000,
    'use',
  ],
  [
    'once it does not serve, the next try is awaited',
    { ...plain, retryAt: hour + 9 },
    hour,
    'wait',
  ],
  ['and made', { ...plain, retryAt: hour }, hour, 'renew'],
  [
    'an open renewal is not repeated while the token serves',
    { ...plain, isRenewalOpen: true },
    hour - 100_000,
    'use',
  ],
  ['but is when it does not', { ...plain, isRenewalOpen: true }, hour, 'renew'],
  [
    'what cannot be renewed is used to its end',
    { ...plain, isRenewable: false },
    hour - 100_000,
    'use',
  ],
  ['and is expired then', { ...plain, isRenewable: false }, hour, 'expired'],
  [
    'without an expiry it is used',
    { ...plain, tokens: { issuedAt: 0, expiresAt: null } },
    1e12,
    'use',
  ],
] as const)('%s', (_, situation, now, plan) => {
  expect(planToken(situation, now)).toBe(plan)
})

test('a short life is renewed in its last fifth', () => {
  const short = { ...plain, tokens: { issuedAt: 0, expiresAt: 10_000 } }
  expect(planToken(short, 7_900)).toBe('use')
  expect(planToken(short, 8_000)).toBe('renew_ahead')
  expect(planToken(short, 9_500)).toBe('renew')
})

test('only a server that is out of order is asked again', () => {
  expect(meaningOfRefusal('temporarily_unavailable')).toBe('later')
  expect(meaningOfRefusal('invalid_grant')).toBe('sign_in')
  expect(meaningOfRefusal('invalid_client')).toBe('client')
  expect(meaningOfRefusal('whatever')).toBe('sign_in')
})
