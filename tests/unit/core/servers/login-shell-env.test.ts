import { expect, test } from 'vitest'
import { mergeEnvironments } from '../../../../src/core/servers/login-shell-env.ts'

test('the shell’s values win, and what only the host has stays', () => {
  expect(mergeEnvironments({ A: 'host', B: 'host' }, { B: 'shell', C: 'shell' })).toEqual({
    A: 'host',
    B: 'shell',
    C: 'shell',
  })
})

test('PATH is joined: the shell’s entries first, each once, none empty', () => {
  const merged = mergeEnvironments({ PATH: '/host:/both:' }, { PATH: '/shell::/both:/shell' })
  expect(merged['PATH']).toBe('/shell:/both:/host')
  expect(mergeEnvironments({ PATH: '/host' }, {})['PATH']).toBe('/host')
  expect(mergeEnvironments({}, {})).toEqual({})
})

test('what describes the asking shell itself is left out', () => {
  expect(
    mergeEnvironments({ PWD: '/host' }, { PWD: '/', SHLVL: '2', _: 'x', OLDPWD: '/' }),
  ).toEqual({ PWD: '/host' })
})
