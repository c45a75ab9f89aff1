import { describe, expect, test } from 'vitest'
import { parseExternalReference } from '../../../../src/shared/domain/external-reference.ts'

describe('parseExternalReference', () => {
  test.each([
    ['env:GITHUB_TOKEN', { kind: 'env', name: 'GITHUB_TOKEN' }],
    ['file:/run/secrets/key', { kind: 'file', path: '/run/secrets/key' }],
    ['file:~/.token', { kind: 'file', path: '~/.token' }],
    ['file:C:\\keys\\a b.txt', { kind: 'file', path: 'C:\\keys\\a b.txt' }],
    ['op://Private/My Item/password', { kind: 'op' }],
    ['op://dev/Stripe/Section/field?attribute=otp', { kind: 'op' }],
    ['vault://kv/team/app#token', { kind: 'vault', mount: 'kv', path: 'team/app', key: 'token' }],
    ['exec: pass show a | head -n1 ', { kind: 'exec', command: 'pass show a | head -n1' }],
  ])('%s is one', (text, expected) => {
    expect(parseExternalReference(text)).toEqual({ text, ...expected })
  })

  test.each([
    '',
    'env:',
    'env:A B',
    ' env:A',
    'file:///etc/hosts',
    'file://host/share',
    'file:./dev.db',
    'file:dev.db',
    'jdbc:file:/x',
    'op://only/two',
    'op://a/b/c/d/e',
    'vault://kv/app',
    'vault://kv#token',
    'vault://kv/../../sys/unseal#token',
    'vault://../a#token',
    'exec:',
    'exec:   ',
    'EXEC:ls',
    'secret://name',
  ])('%j is a text', (text) => {
    expect(parseExternalReference(text)).toBe(null)
  })
})
