/**
 * Electron's runtime: whether the desktop can open here, where the runtime is, and fetching it once. The npm package does not
 * bring it: it is fetched from GitHub, or from ELECTRON_MIRROR, at the first start.
 */
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { root } from './node-bundle.mjs'

const packageDir = path.join(root, 'node_modules', 'electron')
/** Remembers that it could not be fetched, so that not each start waits for a network that is not there. */
const failureFile = path.join(root, '.cache', 'electron-download.json')
/** How long a failure is remembered, in milliseconds: a day. */
const failureMs = 24 * 60 * 60 * 1000
/** The download is given up after this time, in milliseconds; a connection has ten seconds (undici's default). */
const downloadMs = 10 * 60 * 1000

/**
 * Why the desktop cannot open on this system, as a sentence for a person; null where nothing is known against it. Pure.
 * @param {{ platform: string, uid: number | undefined, env: NodeJS.ProcessEnv, restrictsNamespaces: boolean, hasSetuidSandbox: boolean }} system
 * @returns {string | null}
 */
export function hindrance({ platform, uid, env, restrictsNamespaces, hasSetuidSandbox }) {
  if (platform !== 'linux') return null
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return 'There is no display here.'
  if (uid === 0) {
    return 'Electron’s sandbox does not start as root: run this as an ordinary user to get the desktop window.'
  }
  if (restrictsNamespaces && !hasSetuidSandbox) {
    return 'AppArmor keeps Electron’s sandbox from starting (Ubuntu 23.10 and later): docs/install.md says how to allow it.'
  }
  return null
}

/** Why the desktop cannot open here; null where nothing is known against it. */
export function hindranceHere() {
  return hindrance({
    platform: process.platform,
    uid: process.getuid?.(),
    env: process.env,
    restrictsNamespaces:
      readText('/proc/sys/kernel/apparmor_restrict_unprivileged_userns')?.trim() === '1',
    hasSetuidSandbox: isSetuidRoot(path.join(packageDir, 'dist', 'chrome-sandbox')),
  })
}

/**
 * @typedef {{ executable: string, reason: null } | { executable: null, reason: string }} Runtime
 *   The executable, or why there is none, as a sentence.
 */

/**
 * Electron's executable; fetched first where it is not there.
 * @param {(text: string) => void} say told before what takes time
 * @returns {Promise<Runtime>}
 */
export async function electronExecutable(say) {
  const found = installed()
  if (found !== null) return { executable: found, reason: null }
  const failure = rememberedFailure()
  if (failure !== null) {
    const file = path.relative(root, failureFile)
    return {
      executable: null,
      reason: `Electron’s runtime could not be fetched before (${failure}); it is tried again after a day, or once ${file} is deleted.`,
    }
  }
  say('Fetching Electron’s runtime (about 110 MB, once) ...')
  const problem = await download()
  const executable = problem === null ? installed() : null
  if (executable !== null) return { executable, reason: null }
  const short = problem ?? 'the download left no program'
  fs.mkdirSync(path.dirname(failureFile), { recursive: true })
  fs.writeFileSync(failureFile, JSON.stringify({ reason: short, at: Date.now(), wanted: wanted() }))
  return { executable: null, reason: `Electron’s runtime could not be fetched (${short}).` }
}

/** The version and the place that a failure speaks of: another one is another try. */
function wanted() {
  const { version } = JSON.parse(fs.readFileSync(path.join(packageDir, 'package.json'), 'utf8'))
  const mirror = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'] ?? ''
  return `${version} ${mirror}`
}

/** The package's own rule: a distribution of the person's choice, else the fetched one. */
function installed() {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const name = readText(path.join(packageDir, 'path.txt'))
  if (override) return path.join(override, name ?? 'electron')
  if (name === null) return null
  const executable = path.join(packageDir, 'dist', name)
  return fs.existsSync(executable) ? executable : null
}

/** @returns {string | null} */
function rememberedFailure() {
  const text = readText(failureFile)
  if (text === null) return null
  try {
    const { reason, at, wanted: failed } = JSON.parse(text)
    const isFresh = failed === wanted() && Date.now() - at < failureMs && at <= Date.now()
    return isFresh && typeof reason === 'string' ? reason : null
  } catch {
    // Half written: it is tried again, and written anew if that fails.
    return null
  }
}

/**
 * Runs the package's own installer, which checks the archive against the checksums that came with the package.
 * @returns {Promise<string | null>} what went wrong, in short; null for nothing
 */
async function download() {
  const { env } = process
  const hasProxy = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].some(
    (name) => env[name],
  )
  const child = spawn(
    process.execPath,
    [...(hasProxy ? ['--use-env-proxy'] : []), path.join(packageDir, 'install.js')],
    { stdio: ['ignore', 2, 'pipe'], timeout: downloadMs },
  )
  let words = ''
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    words = (words + text).slice(-20_000)
  })
  return await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code, signal) => {
      if (code === 0) resolve(null)
      else resolve(signal === null ? firstReason(words) : 'it took too long')
    })
  })
}

/**
 * The reason in an installer's words: the innermost cause of a failed fetch, else the first line. Pure.
 * @param {string} words
 */
export function firstReason(words) {
  const code =
    /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|UND_ERR_CONNECT_TIMEOUT|ENOSPC|EACCES)\b/.exec(
      words,
    )
  // The installer prints no cause of a failed fetch.
  if (code === null && words.includes('fetch failed')) return 'no connection to its server'
  const line = words.split('\n').find((one) => one.trim() !== '')
  // A mirror's words are in it: none of them steers the terminal.
  return code?.[1] ?? line?.trim().slice(0, 200).replaceAll(/\p{C}/gu, '�') ?? 'it said nothing'
}

/**
 * @param {string} file
 * @returns {string | null} null where it cannot be read
 */
function readText(file) {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    // Not there, or not for us: both mean that it tells nothing.
    return null
  }
}

/** @param {string} file */
function isSetuidRoot(file) {
  const stat = fs.statSync(file, { throwIfNoEntry: false })
  return stat !== undefined && stat.uid === 0 && (stat.mode & 0o4000) !== 0
}
