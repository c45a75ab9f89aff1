import { afterEach, describe, expect, test, vi } from 'vitest'
import { electronExecutable, firstReason, hindrance } from '../../../scripts/desktop-runtime.mjs'

const linux = {
  platform: 'linux',
  uid: 1000,
  env: { WAYLAND_DISPLAY: 'wayland-0' },
  restrictsNamespaces: false,
  hasSetuidSandbox: false,
}

describe('what keeps the desktop from opening', () => {
  test('nothing on a usual desktop', () => {
    expect(hindrance(linux)).toBeNull()
    expect(hindrance({ ...linux, platform: 'darwin', env: {} })).toBeNull()
    expect(hindrance({ ...linux, platform: 'win32', uid: undefined, env: {} })).toBeNull()
  })

  test('no display', () => {
    expect(hindrance({ ...linux, env: { DISPLAY: '' } })).toMatch(/no display/)
  })

  test('root, whose sandbox does not start: it is never switched off', () => {
    expect(hindrance({ ...linux, uid: 0 })).toMatch(/ordinary user/)
  })

  test('AppArmor’s rule for user namespaces, unless the sandbox is set up the older way', () => {
    expect(hindrance({ ...linux, restrictsNamespaces: true })).toMatch(/AppArmor/)
    expect(hindrance({ ...linux, restrictsNamespaces: true, hasSetuidSandbox: true })).toBeNull()
  })
})

describe('a distribution of the person’s choice', () => {
  afterEach(() => vi.unstubAllEnvs())

  test('is taken, and nothing is fetched', async () => {
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', '/opt/electron')
    expect(await electronExecutable(() => expect.unreachable())).toMatchObject({
      executable: expect.stringMatching(/^[\\/]opt[\\/]electron[\\/]/),
    })
  })
})

describe('why a download failed, in short', () => {
  test('the cause of a failed fetch', () => {
    const words =
      'TypeError: fetch failed\n  at x\n  [cause]: Error: getaddrinfo ENOTFOUND github.com\n'
    expect(firstReason(words)).toBe('ENOTFOUND')
  })

  test('a failed fetch whose cause is not printed', () => {
    expect(firstReason('TypeError: fetch failed\n  at x')).toBe('no connection to its server')
  })

  test('else the first line', () => {
    expect(firstReason('\nHTTPError: Response code 404 (Not Found)\n  at y')).toBe(
      'HTTPError: Response code 404 (Not Found)',
    )
    expect(firstReason('')).toBe('it said nothing')
    expect(firstReason('HTTPError: \u001b]0;title\u0007 404')).toBe(
      'HTTPError: \ufffd]0;title\ufffd 404',
    )
  })
})
