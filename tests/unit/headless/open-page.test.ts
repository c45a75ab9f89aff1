import { expect, test } from 'vitest'
import { appBrowserFiles } from '../../../src/headless/open-page.ts'

const display = { DISPLAY: ':0', PATH: '/usr/local/bin:relative:/usr/bin' }

test('Linux: the browsers on the PATH, a folder that is not absolute left out', () => {
  const files = appBrowserFiles({ platform: 'linux', env: display, uid: 1000 })
  expect(files.slice(0, 2)).toEqual(['/usr/local/bin/google-chrome', '/usr/bin/google-chrome'])
  expect(files).toContain('/usr/bin/chromium')
  expect(files.every((file) => file.startsWith('/'))).toBe(true)
})

test('Linux: none as root, whose sandbox does not start, and none without a display', () => {
  expect(appBrowserFiles({ platform: 'linux', env: display, uid: 0 })).toEqual([])
  expect(appBrowserFiles({ platform: 'linux', env: { PATH: '/usr/bin' }, uid: 1000 })).toEqual([])
})

test('macOS: in the applications of the system and of the person', () => {
  const files = appBrowserFiles({ platform: 'darwin', env: { HOME: '/Users/ada' }, uid: 501 })
  expect(files[0]).toBe('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome')
  expect(files).toContain('/Users/ada/Applications/Chromium.app/Contents/MacOS/Chromium')
})

test('Windows: in the folders of programs that are named', () => {
  const env = { ProgramFiles: 'C:\\Program Files', LOCALAPPDATA: 'C:\\Users\\ada\\AppData\\Local' }
  expect(appBrowserFiles({ platform: 'win32', env, uid: undefined })).toEqual([
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
    'C:\\Users\\ada\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Users\\ada\\AppData\\Local\\Microsoft\\Edge\\Application\\msedge.exe',
  ])
})
