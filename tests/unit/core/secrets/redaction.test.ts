import { describe, expect, it } from 'vitest'
import { createRedactor } from '../../../../src/core/secrets/redaction.ts'

describe('createRedactor', () => {
  it('leaves texts alone while it knows nothing', () => {
    expect(createRedactor().redact('anything at all')).toBe('anything at all')
  })

  it('replaces each form of a secret by its name', () => {
    const redactor = createRedactor()
    const value = 'pa ss/"w€rd"+$1'
    redactor.set('db.password', value)
    const forms = [
      value,
      encodeURIComponent(value),
      JSON.stringify(value).slice(1, -1),
      Buffer.from(value).toString('base64').replace(/=+$/, ''),
      Buffer.from(value).toString('base64url'),
    ]
    for (const form of forms) {
      expect(redactor.redact(`a ${form} b ${form}`)).toBe(
        'a [secret db.password] b [secret db.password]',
      )
    }
  })

  it('replaces each line of a text of several lines, but not the frame of a PEM text', () => {
    const redactor = createRedactor()
    redactor.set(
      'key',
      '-----BEGIN PRIVATE KEY-----\nMIIEvgIBADAN\nBgkqhkiG9w0B\n-----END PRIVATE KEY-----',
    )
    expect(redactor.redact('line MIIEvgIBADAN')).toBe('line [secret key]')
    expect(redactor.redact('-----BEGIN PRIVATE KEY-----')).toBe('-----BEGIN PRIVATE KEY-----')
  })

  it('takes the longer of two secrets that begin alike', () => {
    const redactor = createRedactor()
    redactor.set('short', 'abcdefgh')
    redactor.set('long', 'abcdefghijkl')
    expect(redactor.redact('abcdefghijkl abcdefghi')).toBe('[secret long] [secret short]i')
  })

  it('never replaces values under 8 characters', () => {
    const redactor = createRedactor()
    redactor.set('pin', '1234567')
    redactor.set('empty', '')
    expect(redactor.redact('1234567 and so on')).toBe('1234567 and so on')
  })

  it('follows changes', () => {
    const redactor = createRedactor()
    redactor.set('token', 'first-value')
    redactor.set('token', 'second-value')
    expect(redactor.redact('first-value second-value')).toBe('first-value [secret token]')
    redactor.delete('token')
    expect(redactor.redact('second-value')).toBe('second-value')
  })
})
