import { describe, expect, test } from 'vitest'
import { envPair, headerPair } from '../../../src/cli/parse-pairs.ts'

describe('envPair', () => {
  test.each([
    ['A=1', { name: 'A', value: '1' }],
    ['A=', { name: 'A', value: '' }],
    ['A=b=c', { name: 'A', value: 'b=c' }],
    ['A= b', { name: 'A', value: ' b' }],
    ['URL=http://x:1/?a=b', { name: 'URL', value: 'http://x:1/?a=b' }],
    ['A=-', { name: 'A', value: null }],
    ['A=--', { name: 'A', value: '--' }],
  ])('reads %j', (text, pair) => {
    expect(envPair(text)).toEqual(pair)
  })

  test.each(['A', '=1', 'A B=1', ''])('refuses %j', (text) => {
    expect(() => envPair(text)).toThrow('NAME=value')
  })

  test('does not repeat what may be a secret', () => {
    expect(() => envPair('sk-live-0123456789')).not.toThrow('sk-live')
  })
})

describe('headerPair', () => {
  test.each([
    ['Authorization: Bearer a=b:c', { name: 'Authorization', value: 'Bearer a=b:c' }],
    ['X-Key=1', { name: 'X-Key', value: '1' }],
    ['X-Key:', { name: 'X-Key', value: '' }],
    ['Authorization: -', { name: 'Authorization', value: null }],
  ])('reads %j', (text, pair) => {
    expect(headerPair(text)).toEqual(pair)
  })

  test.each(['Authorization', ': x', 'a b: c', ''])('refuses %j', (text) => {
    expect(() => headerPair(text)).toThrow("'Name: value'")
  })
})
