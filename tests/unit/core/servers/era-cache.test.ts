import { expect, test } from 'vitest'
import { EraCache, type EraVerdicts, eraKey } from '../../../../src/core/servers/era-cache.ts'

function openCache(verdicts: EraVerdicts = {}) {
  const saved: EraVerdicts[] = []
  return { cache: new EraCache(verdicts, (all) => saved.push(all)), saved }
}

test('a legacy server is remembered with its version, once', () => {
  const { cache, saved } = openCache()
  expect(cache.isLegacy('k')).toBe(false)
  cache.learn('k', 'legacy', '1.0')
  cache.learn('k', 'legacy', '1.0')
  expect(cache.isLegacy('k')).toBe(true)
  expect(saved).toEqual([{ k: '1.0' }])
})

test('another version is probed again', () => {
  const { cache, saved } = openCache({ k: '1.0', other: '3' })
  cache.learn('k', 'legacy', '2.0')
  expect(cache.isLegacy('k')).toBe(false)
  expect(saved).toEqual([{ other: '3' }])
})

test('a modern server is not remembered, and a wrong verdict is forgotten', () => {
  const { cache, saved } = openCache({ k: '1.0', wrong: '1' })
  cache.learn('new', 'modern', '1.0')
  expect(saved).toEqual([])
  cache.learn('k', 'modern', '1.0')
  cache.forget('wrong')
  cache.forget('unknown')
  expect(saved).toEqual([{ wrong: '1' }, {}])
})

test('the key tells commands and arguments apart, and nothing else', () => {
  const transport = {
    type: 'stdio',
    command: 'npx',
    args: ['a'],
    env: {},
    cwd: null,
    envFile: null,
  } as const
  const of = (change: object) => eraKey({ ...transport, args: ['a'], ...change })
  expect(of({ env: { A: 'b' }, cwd: '/x' })).toBe(of({}))
  expect(of({ args: ['b'] })).not.toBe(of({}))
  expect(of({ command: 'npx a', args: [] })).not.toBe(of({}))
})
