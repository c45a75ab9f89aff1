import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { changeTransport } from '../../../src/cli/change-transport.ts'
import type { Transport } from '../../../src/shared/domain/server-definition.ts'

const none = { env: {}, headers: {} }
const stdio: Transport = {
  type: 'stdio',
  command: 'node',
  args: ['a.js', '-v'],
  env: { A: '1', B: 'secret://x' },
  cwd: '/work',
  envFile: '.env',
}
const http: Transport = {
  type: 'http',
  url: 'https://example.com/mcp',
  headers: { Authorization: 'secret://x', 'X-Team': 'red' },
  headersHelper: '/bin/helper',
}

describe('a server with a command', () => {
  test('stays as it is where nothing is named', () => {
    expect(changeTransport(stdio, [], {}, none)).toEqual(stdio)
  })

  test('gets another command: with its arguments, or with the old ones', () => {
    expect(changeTransport(stdio, ['bun', 'b.js'], {}, none)).toEqual({
      ...stdio,
      command: 'bun',
      args: ['b.js'],
    })
    expect(changeTransport(stdio, [], { command: 'bun' }, none)).toEqual({
      ...stdio,
      command: 'bun',
    })
    expect(() => changeTransport(stdio, ['x'], { command: 'y' }, none)).toThrow('not both')
  })

  test('gets, changes and loses variables; the others stay', () => {
    const change = { unsetEnv: ['A'] }
    expect(changeTransport(stdio, [], change, { ...none, env: { C: '3' } })).toMatchObject({
      env: { B: 'secret://x', C: '3' },
    })
    expect(() => changeTransport(stdio, [], { unsetEnv: ['Z'] }, none)).toThrow('it has A, B')
  })

  test('gets an absolute directory, and loses it by an empty one', () => {
    expect(changeTransport(stdio, [], { cwd: 'x' }, none)).toMatchObject({ cwd: resolve('x') })
    expect(changeTransport(stdio, [], { cwd: '' }, none)).toMatchObject({ cwd: null })
  })

  test('has no headers', () => {
    expect(() => changeTransport(stdio, [], {}, { ...none, headers: { A: '1' } })).toThrow('URL')
  })

  test('becomes a remote one by a URL, and takes nothing along', () => {
    expect(changeTransport(stdio, [], { url: 'https://example.com' }, none)).toEqual({
      type: 'http',
      url: 'https://example.com',
      headers: {},
      headersHelper: null,
    })
  })
})

describe('a server with a URL', () => {
  test('keeps its headers with another URL or type', () => {
    const change = { url: 'https://example.com/sse', type: 'sse' } as const
    expect(changeTransport(http, [], change, none)).toEqual({ ...http, ...change })
  })

  test('replaces and removes headers whatever their case', () => {
    const set = { ...none, headers: { authorization: 'new' } }
    expect(changeTransport(http, [], { unsetHeader: ['x-team'] }, set)).toMatchObject({
      headers: { authorization: 'new' },
    })
    const { headers } = { headers: {}, ...changeTransport(http, [], {}, set) }
    expect(headers).toEqual({ 'X-Team': 'red', authorization: 'new' })
  })

  test('has no variables and no directory', () => {
    expect(() => changeTransport(http, [], {}, { ...none, env: { A: '1' } })).toThrow('command')
    expect(() => changeTransport(http, [], { cwd: '/' }, none)).toThrow('command')
  })

  test('takes http, https and variables as URL, and nothing else', () => {
    for (const url of ['http://x', 'https://x', '${BASE}/mcp']) {
      expect(changeTransport(http, [], { url }, none)).toMatchObject({ url })
    }
    for (const url of ['ftp://x', 'x', '', 'javascript:alert(1)']) {
      expect(() => changeTransport(http, [], { url }, none)).toThrow('http')
    }
  })

  test('becomes one with a command', () => {
    expect(changeTransport(http, ['node', 'x.js'], {}, none)).toEqual({
      type: 'stdio',
      command: 'node',
      args: ['x.js'],
      env: {},
      cwd: null,
      envFile: null,
    })
    expect(() => changeTransport(http, ['node'], { url: 'https://x' }, none)).toThrow('not both')
  })
})

test('one that could not be run becomes runnable by a URL and keeps its headers', () => {
  const socket: Transport = { type: 'ws', url: 'ws://x', headers: { A: '1' }, reason: 'ws' }
  expect(changeTransport(socket, [], { url: 'https://x' }, none)).toEqual({
    type: 'http',
    url: 'https://x',
    headers: { A: '1' },
    headersHelper: null,
  })
})
