import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRedactor } from '../../../../src/core/secrets/redaction.ts'
import { TextMatcher } from '../../../../src/core/secrets/text-matcher.ts'

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

  it('leaves nothing of a secret whose beginning stands in another one', () => {
    const redactor = createRedactor()
    // As an authorization server could choose its tokens, to have the keys of others shown.
    redactor.set('foreign', 'n=sk-ant-a')
    redactor.set('key', 'sk-ant-api03-REAL-KEY')
    expect(redactor.redact('token=sk-ant-api03-REAL-KEY, ok')).toBe('toke[secret foreign], ok')
  })

  it('never replaces values under 8 characters', () => {
    const redactor = createRedactor()
    redactor.set('pin', '1234567')
    redactor.set('empty', '')
    expect(redactor.redact('1234567 and so on')).toBe('1234567 and so on')
  })

  it('knows the earlier values of a name too: servers that still run print them', () => {
    const redactor = createRedactor()
    redactor.set('token', 'first-value')
    redactor.set('token', 'second-value')
    expect(redactor.redact('first-value second-value')).toBe('[secret token] [secret token]')
  })

  it('finds base64 wherever in a longer text the secret begins', () => {
    const redactor = createRedactor()
    const value = 'hunter2-Ünder?>lock'
    redactor.set('password', value)
    for (let before = 0; before < 9; before += 1) {
      for (let after = 0; after < 9; after += 1) {
        const bytes = Buffer.from(`${'x'.repeat(before)}${value}${'y'.repeat(after)}`)
        for (const encoding of ['base64', 'base64url'] as const) {
          expect(redactor.redact(bytes.toString(encoding))).toContain('[secret password]')
        }
      }
    }
  })

  it('finds the spellings of other encoders', () => {
    const redactor = createRedactor()
    const value = 'a/b <c>&"d" \u00e9é+!*=='
    redactor.set('odd', value)
    const json = JSON.stringify(value).slice(1, -1)
    const spellings = [
      new URLSearchParams({ v: value }).toString().slice(2),
      encodeURIComponent(value).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
      encodeURIComponent(value).replaceAll('%2F', '/'),
      JSON.stringify(json).slice(1, -1),
      json.replaceAll('/', '\\/'),
      json.replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026'),
      json.replaceAll('é', '\\u00e9'),
      json
        .replaceAll('=', '\\u003d')
        .replaceAll('<', '\\u003c')
        .replaceAll('>', '\\u003e')
        .replaceAll('&', '\\u0026'),
      json
        .replaceAll('\\"', '\\u0022')
        .replace(/[&<>+é]/g, (char) => `\\u00${char.charCodeAt(0).toString(16).toUpperCase()}`),
    ]
    for (const spelling of spellings) {
      expect(redactor.redact(`v=${spelling}.`)).toBe('v=[secret odd].')
    }
  })

  it('leaves nothing of a secret at the end of a text that was cut', () => {
    const redactor = createRedactor()
    redactor.set('token', 'super-secret-token')
    const line = `${'x'.repeat(64 * 1024 - 12)}super-secret`
    expect(redactor.redact(line).endsWith('x[secret token]')).toBe(true)
    expect(redactor.redact('a short super-secret')).toBe('a short super-secret')
  })

  it('finds what a plain search finds, in any text', () => {
    const letters = fc.constantFrom('a', 'b', 'c', '-')
    const word = fc.string({ unit: letters, minLength: 8, maxLength: 12 })
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 6 }),
        fc.array(fc.oneof(fc.string({ unit: letters, maxLength: 12 }), fc.nat(5)), {
          maxLength: 12,
        }),
        (words, parts) => {
          const text = parts
            .map((part) => (typeof part === 'string' ? part : words[part % words.length]))
            .join('')
          const isCovered = (index: number) =>
            words.some((one) => {
              const from = text.lastIndexOf(one, index)
              return from >= 0 && index < from + one.length
            })
          const found = new TextMatcher(words).matches(text)
          const isFound = (index: number) =>
            found.some(({ start, end }) => start <= index && index < end)
          const indexes = Array.from(text, (_char, index) => index)
          expect(indexes.filter(isFound)).toEqual(indexes.filter(isCovered))
          for (const { start, pattern } of found) expect(text.startsWith(pattern, start)).toBe(true)
        },
      ),
    )
  })
})
