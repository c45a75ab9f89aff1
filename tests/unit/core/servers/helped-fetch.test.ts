import { expect, test } from 'vitest'
import { createHelpedFetch } from '../../../../src/core/servers/helped-fetch.ts'

const serverUrl = new URL('https://mcp.example/mcp')

/** A server that takes one key, and a helper that prints the newest. The first key was sent by the transport itself. */
function helped() {
  const state = { key: 'key-0', runs: 0, now: 0, isBroken: false }
  const seen: string[] = []
  const fetch = createHelpedFetch(
    async (url, init) => {
      const key = new Headers(init?.headers).get('x-key') ?? ''
      seen.push(`${new URL(url).host} ${key}`)
      return new Response(null, { status: key === state.key && !state.isBroken ? 200 : 401 })
    },
    serverUrl,
    async () => {
      state.runs += 1
      return { 'X-Key': state.key }
    },
    () => state.now,
  )
  const ask = async (url: URL | string = serverUrl) =>
    (await fetch(url, { headers: { 'x-key': 'key-0' } })).status
  return { state, seen, ask }
}

test('headers that are refused are printed anew, once for all who wait', async () => {
  const { state, seen, ask } = helped()
  expect(await ask()).toBe(200)
  state.key = 'key-1'
  state.now = 60_000
  const statuses = await Promise.all(Array.from({ length: 20 }, () => ask()))
  expect(new Set(statuses)).toEqual(new Set([200]))
  expect(state.runs).toBe(1)
  expect(await ask()).toBe(200)
  expect(seen.at(-1)).toBe('mcp.example key-1')
})

test('a server that refuses all costs one run in a minute', async () => {
  const { state, ask } = helped()
  state.isBroken = true
  expect(await ask()).toBe(401)
  expect(state.runs).toBe(0)
  state.now = 60_000
  for (let count = 0; count < 5; count += 1) expect(await ask()).toBe(401)
  expect(state.runs).toBe(1)
  state.now = 120_000
  expect(await ask()).toBe(401)
  expect(state.runs).toBe(2)
})

test('another origin gets none of them', async () => {
  const { state, seen, ask } = helped()
  state.key = 'key-1'
  state.now = 60_000
  await ask()
  await ask('https://other.example/mcp')
  expect(seen.at(-1)).toBe('other.example key-0')
})
