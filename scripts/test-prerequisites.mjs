import fs from 'node:fs'
import path from 'node:path'

/** A program or library that the tests use and that npm cannot bring. */
const keyring = [
  { file: 'gnome-keyring-daemon', debian: 'gnome-keyring' },
  { file: 'dbus-daemon', debian: 'dbus' },
  { file: 'dbus-run-session', debian: 'dbus' },
  { file: 'dbus-launch', debian: 'dbus-x11' },
]
const libsecret = { file: 'libsecret-1.so.0', debian: 'libsecret-1-0' }
const libraryDirectories = ['/usr/lib', '/usr/lib64', '/lib']
const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/**
 * What is missing on this machine for the tests, in words that say how to get it; null where nothing is. On macOS and
 * Windows the keychain is part of the system, and Playwright finds Chrome or Edge by itself.
 * @param {{ needsBrowser: boolean }} options
 * @returns {string | null}
 */
export function missingForTests({ needsBrowser }) {
  if (process.platform !== 'linux') return null
  const files = [
    ...keyring.filter(({ file }) => !isOnPath(file)),
    ...(hasLibrary(libsecret.file) ? [] : [libsecret]),
    ...(needsBrowser && !browsers.some(isOnPath) ? [{ file: 'chromium', debian: 'chromium' }] : []),
  ]
  if (files.length === 0) return null
  const what = files.map(({ file }) => file).join(', ')
  if (isOnPath('apt-get')) {
    const packages = [...new Set(files.map(({ debian }) => debian))].join(' ')
    return `The tests need ${what}. Install with:\n  sudo apt-get install -y ${packages}`
  }
  return `The tests need ${what}. Install them with your system's package manager (Secret Service by gnome-keyring, D-Bus${needsBrowser ? ', Chromium or Chrome' : ''}) and run this again.`
}

/** @param {string} file */
function isOnPath(file) {
  return (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .some((directory) => directory !== '' && fs.existsSync(path.join(directory, file)))
}

/** @param {string} file */
function hasLibrary(file) {
  return libraryDirectories.some(
    (directory) =>
      fs.existsSync(path.join(directory, file)) ||
      (fs.existsSync(directory) &&
        fs
          .readdirSync(directory)
          .some(
            (name) =>
              name.endsWith('-linux-gnu') && fs.existsSync(path.join(directory, name, file)),
          )),
  )
}
