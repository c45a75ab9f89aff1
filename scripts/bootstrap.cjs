// @ts-check
'use strict'

/**
 * The one file behind every npm script. It needs nothing installed and runs on Node 20, so that a fresh clone
 * needs only Node and npm: it installs what is missing, builds what is stale, and then hands over to the real
 * program on Node 24.
 *
 * All of its own words go to stderr: stdout belongs to the program that it starts.
 */

const { execFileSync, spawn } = require('node:child_process')
const { createHash } = require('node:crypto')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')

/** The shell of `npm run`, or whoever else started us. */
const parentPid = process.ppid

const root = path.resolve(__dirname, '..')

/** The oldest Node that can run this file. package.json's `engines` says the same. */
const oldestHere = 20
/** The oldest Node that can run the project: node:sqlite, type stripping. The same major version as Electron bundles. */
const oldestProject = 24

/**
 * @typedef {{ program: string[], build: boolean, person: boolean }} Command
 *   program: what Node 24 runs; build: whether out/ must be fresh first; person: whether the program acts for the
 *   person (their directory, their PATH) and not for this checkout.
 */

/** @type {Record<string, Command>} */
const commands = {
  start: { program: ['scripts/start.mjs'], build: true, person: true },
  cli: { program: ['out/node/cli.js'], build: true, person: true },
  test: { program: ['scripts/test.mjs'], build: true, person: false },
  bench: { program: ['tests/bench/run.ts'], build: true, person: false },
  conformance: { program: ['tests/conformance/run.ts'], build: false, person: false },
  screenshots: { program: ['tests/screenshots/run.ts'], build: true, person: false },
  package: { program: ['node_modules/electron-builder/cli.js'], build: true, person: false },
  build: { program: ['scripts/build.mjs'], build: false, person: false },
  lint: { program: ['scripts/lint.mjs'], build: false, person: false },
  format: {
    program: ['node_modules/@biomejs/biome/bin/biome', 'check', '--write', '.'],
    build: false,
    person: false,
  },
  typecheck: { program: ['node_modules/typescript/bin/tsc', '-b'], build: false, person: false },
}

/** What the build reads. A change of any of these makes out/ stale. */
const buildInputs = [
  'src',
  'assets',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
  'vite.config.ts',
  'scripts/build.mjs',
]

const installStamp = path.join(root, 'node_modules', '.mcp-manager-installed')
const buildStamp = path.join(root, 'out', '.built')
// Not in node_modules, which `npm ci` empties while the lock is held.
const cacheDir = path.join(root, '.cache')

/** A failure that a person can mend: its message is all that is shown. */
class SetupError extends Error {}

/** @param {string} text */
function say(text) {
  process.stderr.write(`[mcp-manager] ${text}\n`)
}

/** @param {number} since milliseconds, as of Date.now() */
function secondsSince(since) {
  return ((Date.now() - since) / 1000).toFixed(1)
}

/**
 * The major version in a `process.versions.node` text, or 0 where it is not one.
 * @param {string} version
 */
function majorOf(version) {
  return Number.parseInt(version, 10) || 0
}

/**
 * @param {string} file
 * @param {string} directory
 */
function isInside(file, directory) {
  const relative = path.relative(directory, file)
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative)
}

/**
 * Where the platform package of Node 24 has its binary, whether it is installed or not.
 * @param {string} [platform]
 * @param {string} [arch]
 */
function packagedNode(platform = process.platform, arch = process.arch) {
  const file = platform === 'win32' ? 'node.exe' : 'node'
  return path.join(root, 'node_modules', platformPackage(platform, arch), 'bin', file)
}

/**
 * The npm package that holds Node's binary for a platform.
 * @param {string} platform
 * @param {string} arch
 */
function platformPackage(platform, arch) {
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`
}

/** Says at once, and not after a whole installation, that there will be no Node to run the project on. */
function assertNodeToBeHad() {
  if (majorOf(process.versions.node) >= oldestProject) return
  const { optionalDependencies } = JSON.parse(
    fs.readFileSync(path.join(root, 'package.json'), 'utf8'),
  )
  if (!(platformPackage(process.platform, process.arch) in (optionalDependencies ?? {}))) {
    throw new SetupError(noNodeText())
  }
}

/**
 * The Node that runs the project: this one where it is new enough, else the platform package's, by path and never
 * by PATH. Null where there is none (yet).
 * @param {{ version: string, execPath: string, packaged: string, exists: (file: string) => boolean }} options
 * @returns {string | null}
 */
function chooseNode({ version, execPath, packaged, exists }) {
  if (majorOf(version) >= oldestProject && exists(execPath)) return execPath
  return exists(packaged) ? packaged : null
}

function projectNode() {
  return chooseNode({
    version: process.versions.node,
    execPath: process.execPath,
    packaged: packagedNode(),
    exists: fs.existsSync,
  })
}

/**
 * What an installation depends on, as a digest: the dependencies in package.json (its scripts and its version may
 * change freely), the lock file, and the platform.
 * @param {string} packageJson text of package.json
 * @param {string} packageLock text of package-lock.json
 * @param {string} platform for example `linux-x64`
 */
function installDigest(packageJson, packageLock, platform) {
  const { dependencies, devDependencies, optionalDependencies, overrides } = JSON.parse(packageJson)
  return createHash('sha256')
    .update(JSON.stringify([dependencies, devDependencies, optionalDependencies, overrides]))
    .update('\0')
    .update(packageLock)
    .update('\0')
    .update(platform)
    .digest('hex')
}

function currentInstallDigest() {
  return installDigest(
    fs.readFileSync(path.join(root, 'package.json'), 'utf8'),
    fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'),
    `${process.platform}-${process.arch}`,
  )
}

/**
 * A digest of path, size and modification time of every file below the given ones. No content is read, so that it
 * costs milliseconds; unlike the newest time alone it also notices a file that was removed or put back.
 * @param {string} base
 * @param {string[]} inputs relative to base; one that does not exist counts as absent
 */
function fingerprint(base, inputs) {
  const hash = createHash('sha256')
  /** @param {string} relative */
  const add = (relative) => {
    const stat = fs.statSync(path.join(base, relative), { throwIfNoEntry: false })
    if (stat === undefined) return
    if (stat.isDirectory()) {
      const names = fs.readdirSync(path.join(base, relative)).toSorted()
      for (const name of names) add(`${relative}/${name}`)
      return
    }
    hash.update(`${relative}\0${stat.size}\0${stat.mtimeMs}\n`)
  }
  for (const input of inputs) add(input)
  return hash.digest('hex')
}

/**
 * The text of a stamp, or null where there is none.
 * @param {string} file
 */
function readStamp(file) {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch (error) {
    if (isErrno(error) && error.code === 'ENOENT') return null
    throw error
  }
}

/**
 * @param {unknown} error
 * @returns {error is NodeJS.ErrnoException}
 */
function isErrno(error) {
  return error instanceof Error && 'code' in error
}

/**
 * When a process started, in the system's own words, so that a process id that was given out again is not taken for
 * the old process. Null where the system has no cheap answer.
 * @param {number} pid
 * @returns {string | null}
 */
function processStart(pid) {
  try {
    if (process.platform === 'linux') {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
      // Field 22; the second one is the program's name in brackets, which may hold spaces and brackets.
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
    }
    if (process.platform === 'darwin') {
      return execFileSync('/bin/ps', ['-o', 'lstart=', '-p', String(pid)], {
        encoding: 'utf8',
      }).trim()
    }
  } catch {
    // The process is gone, or the system does not say: both are "unknown" to the caller.
    return null
  }
  return null
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return isErrno(error) && error.code === 'EPERM'
  }
}

/**
 * @typedef {{ pid: number, start: string | null }} LockHolder
 */

/**
 * @param {unknown} value
 * @returns {value is LockHolder}
 */
function isLockHolder(value) {
  if (typeof value !== 'object' || value === null || !('pid' in value) || !('start' in value))
    return false
  return typeof value.pid === 'number' && (value.start === null || typeof value.start === 'string')
}

/** Without a known start a holder counts as gone when it has not touched its lock for this long. */
const silentLockMs = 60_000
/** A lock is written a moment after it is created; one that stays unreadable for longer is broken. */
const brokenLockMs = 5_000

/**
 * The process that holds a lock, or null where the lock is stale: all of its holders are gone, or nobody can read it.
 * @param {string | null} text the content of the lock; null where it does not exist
 * @param {number} ageMs time since the lock was last touched
 * @param {{ isAlive: (pid: number) => boolean, processStart: (pid: number) => string | null }} system
 * @returns {number | null}
 */
function lockHolder(text, ageMs, system) {
  if (text === null) return null
  /** @type {unknown} */
  let content
  try {
    content = JSON.parse(text)
  } catch {
    // Half written or not ours: only its age tells.
    content = null
  }
  if (!Array.isArray(content)) return ageMs < brokenLockMs ? 0 : null
  for (const { pid, start } of content.filter(isLockHolder)) {
    if (!system.isAlive(pid)) continue
    const now = system.processStart(pid)
    const isSame = start !== null && now !== null ? start === now : ageMs < silentLockMs
    if (isSame) return pid
  }
  return null
}

/**
 * Waits until this process alone may change node_modules and out/. The lock also names the children that do the work,
 * so that an npm that outlives a killed bootstrap still counts.
 * @param {string} file
 * @param {(pid: number) => void} onWait called once, if another process holds the lock
 * @returns {Promise<{ addProcess: (pid: number) => void, release: () => void }>}
 */
async function takeLock(file, onWait) {
  /** @type {LockHolder[]} */
  const holders = [{ pid: process.pid, start: processStart(process.pid) }]
  let hasSaid = false
  for (;;) {
    try {
      fs.writeFileSync(file, JSON.stringify(holders), { flag: 'wx' })
      break
    } catch (error) {
      if (!isErrno(error) || error.code !== 'EEXIST') throw error
    }
    const text = readStamp(file)
    const stat = fs.statSync(file, { throwIfNoEntry: false })
    if (text === null || stat === undefined) continue
    const pid = lockHolder(text, Date.now() - stat.mtimeMs, { isAlive, processStart })
    if (pid === null) {
      removeStaleLock(file, text)
      continue
    }
    if (!hasSaid && pid !== 0) onWait(pid)
    hasSaid = hasSaid || pid !== 0
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  const heartbeat = setInterval(() => {
    if (fs.existsSync(file)) fs.utimesSync(file, new Date(), new Date())
  }, 10_000)
  heartbeat.unref()
  const remove = () => fs.rmSync(file, { force: true })
  process.once('exit', remove)
  return {
    addProcess: (pid) => {
      holders.push({ pid, start: processStart(pid) })
      fs.writeFileSync(file, JSON.stringify(holders))
    },
    release: () => {
      clearInterval(heartbeat)
      process.off('exit', remove)
      remove()
    },
  }
}

/**
 * Removes a lock that was found stale. By a rename, which only one of several waiting processes wins; if what it got
 * is no longer the stale one, another process was quicker and gets its lock back.
 * @param {string} file
 * @param {string} staleText
 */
function removeStaleLock(file, staleText) {
  const aside = `${file}.${process.pid}`
  try {
    fs.renameSync(file, aside)
  } catch (error) {
    if (isErrno(error) && error.code === 'ENOENT') return
    throw error
  }
  if (fs.readFileSync(aside, 'utf8') === staleText) {
    fs.rmSync(aside)
    say('Took over the lock of a set-up that did not end.')
  } else {
    fs.renameSync(aside, file)
  }
}

function isInstallStale() {
  return projectNode() === null || readStamp(installStamp) !== currentInstallDigest()
}

function isBuildStale() {
  return readStamp(buildStamp) !== fingerprint(root, buildInputs)
}

/**
 * How to run npm: the Node for it and its main file. The ones that started us where npm did, else those that are
 * found beside this Node or on PATH. Never the Node in node_modules, which npm is about to remove.
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ node: string, npm: string }}
 */
function findNpm(env) {
  const modules = path.join(root, 'node_modules')
  const directories = (env['PATH'] ?? env['Path'] ?? '').split(path.delimiter).filter(Boolean)
  const nodeName = process.platform === 'win32' ? 'node.exe' : 'node'
  const npm = [
    // pnpm and yarn set npm_execpath too.
    ...(/[\\/]npm-cli\.c?js$/.test(env['npm_execpath'] ?? '') ? [env['npm_execpath'] ?? ''] : []),
    ...[path.dirname(process.execPath), ...directories].flatMap((directory) => [
      path.join(directory, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
      path.join(directory, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    ]),
    '/usr/share/nodejs/npm/bin/npm-cli.js',
  ].find((file) => fs.existsSync(file) && !isInside(file, modules))
  if (npm === undefined) {
    throw new SetupError(
      'npm was not found. Install Node with npm from https://nodejs.org and run this again.',
    )
  }
  const node = [env['npm_node_execpath'] ?? '', process.execPath]
    .concat(directories.map((directory) => path.join(directory, nodeName)))
    .filter((file) => file !== '' && fs.existsSync(file))
    .map((file) => fs.realpathSync(file))
    .find((file) => !isInside(file, fs.realpathSync(root)))
  return { node: node ?? copyOfThisNode(), npm }
}

/** A copy of the running Node outside of node_modules, for the case that there is no other on this machine. */
function copyOfThisNode() {
  const file = path.join(
    fs.mkdtempSync(path.join(os.tmpdir(), 'mcp-manager-node-')),
    path.basename(process.execPath),
  )
  fs.copyFileSync(process.execPath, file)
  return file
}

/**
 * Windows cannot delete a program that runs, but it can rename one: so the packaged Node, on which this very file may
 * be running (npm puts node_modules/.bin first in PATH), moves out of the way before npm empties node_modules.
 */
function setAsidePackagedNode() {
  if (process.platform !== 'win32') return
  for (const name of fs.readdirSync(cacheDir)) {
    if (!name.startsWith('node-in-use-')) continue
    try {
      fs.rmSync(path.join(cacheDir, name))
    } catch (error) {
      // Still running. The next installation tries again.
      if (!isErrno(error) || (error.code !== 'EPERM' && error.code !== 'EBUSY')) throw error
    }
  }
  if (fs.existsSync(packagedNode())) {
    fs.renameSync(packagedNode(), path.join(cacheDir, `node-in-use-${Date.now()}.exe`))
  }
}

/**
 * The environment as the person has it: without what `npm run` added. Otherwise their servers would find this
 * checkout's tools first, and nvm refuses to work where npm_config_prefix is set. Settings that a person may have
 * made (registry, cache, userconfig) stay.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
function personsEnv(env) {
  /** @type {NodeJS.ProcessEnv} */
  const result = {}
  const added =
    /^(npm_(lifecycle|package)_.*|npm_(command|execpath|node_execpath)|npm_config_(prefix|global_prefix|local_prefix|user_agent|npm_version|node_gyp|init_module|loglevel|allow_scripts|call)|INIT_CWD|NODE)$/
  const isNpms = env['npm_lifecycle_event'] !== undefined
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || (isNpms && added.test(name))) continue
    // npm passes an unset no_proxy on as an empty one.
    if (isNpms && name === 'npm_config_noproxy' && value === '') continue
    const isPath = /^path$/i.test(name)
    result[name] = isPath && isNpms ? withoutNpmsEntries(value) : value
  }
  return result
}

/** @param {string} value the value of PATH */
function withoutNpmsEntries(value) {
  return value
    .split(path.delimiter)
    .filter((entry) => !/[\\/]node_modules[\\/]\.bin$|[\\/]node-gyp-bin$/.test(entry))
    .join(path.delimiter)
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} directory
 * @returns {NodeJS.ProcessEnv}
 */
function withPathFirst(env, directory) {
  const name = Object.keys(env).find((key) => /^path$/i.test(key)) ?? 'PATH'
  return { ...env, [name]: [directory, env[name]].filter(Boolean).join(path.delimiter) }
}

/**
 * @typedef {{ code: number | null, signal: NodeJS.Signals | null, received: NodeJS.Signals | null }} Ended
 *   How a child ended, and the signal that this process received meanwhile.
 */

/**
 * Runs a program to its end and passes signals on to it, each once: a program may take a second one for impatience. A
 * terminal sends Ctrl-C and its hang-up to the whole group, so there both have already reached the child.
 * @param {string} file
 * @param {string[]} args
 * @param {{ env: NodeJS.ProcessEnv, cwd: string, stdio: import('node:child_process').StdioOptions, onPid?: (pid: number) => void }} options
 * @returns {Promise<Ended>}
 */
function run(file, args, { env, cwd, stdio, onPid }) {
  return new Promise((resolve, reject) => {
    const hasTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
    const child = spawn(file, args, { env, cwd, stdio, windowsHide: true })
    /** @type {NodeJS.Signals | null} */
    let received = null
    /** @type {Map<NodeJS.Signals, () => void>} */
    const handlers = new Map()
    for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      const handler = () => {
        received = signal
        if (signal === 'SIGTERM' || !hasTerminal) child.kill(signal)
      }
      handlers.set(signal, handler)
      process.on(signal, handler)
    }
    // npm passes SIGTERM only to the shell between it and us, which dies of it and tells nobody.
    const orphanWatch = setInterval(() => {
      if (process.env['npm_lifecycle_event'] === undefined || process.ppid === parentPid) return
      clearInterval(orphanWatch)
      if (received === null) handlers.get('SIGTERM')?.()
    }, 500)
    const finish = () => {
      clearInterval(orphanWatch)
      for (const [signal, handler] of handlers) process.off(signal, handler)
    }
    child.once('spawn', () => {
      if (child.pid !== undefined) onPid?.(child.pid)
    })
    child.once('error', (error) => {
      finish()
      reject(error)
    })
    child.once('exit', (code, signal) => {
      finish()
      resolve({ code, signal, received })
    })
  })
}

/** Ends this process as its child ended: the same code, or the same signal.
 * @param {Pick<Ended, 'code' | 'signal'>} result
 */
function endAs({ code, signal }) {
  if (signal !== null) {
    process.kill(process.pid, signal)
    // Reached only where the signal does not end this process at once (Windows).
    process.exitCode = 128 + (os.constants.signals[signal] ?? 0)
    return
  }
  process.exitCode = code ?? 1
}

/** A child that was interrupted or failed: this process ends likewise. */
class ChildEnded extends Error {
  /** @param {Ended} result */
  constructor(result) {
    super('child ended')
    // npm turns a signal into an exit code; whoever sent us one expects to see it.
    this.result = { code: result.code, signal: result.signal ?? result.received }
  }
}

/** @param {(pid: number) => void} onPid */
async function install(onPid) {
  const started = Date.now()
  const { node, npm } = findNpm(process.env)
  const isFirst = !fs.existsSync(path.join(root, 'node_modules'))
  say(
    isFirst
      ? 'Installing dependencies. The first time takes about 40 s on a good line ...'
      : 'Dependencies changed or were not fully installed. Installing (about 40 s) ...',
  )
  fs.rmSync(installStamp, { force: true })
  setAsidePackagedNode()
  const digest = currentInstallDigest()
  const runNpm = async () => {
    const ticker = setInterval(() => say(`still installing, ${secondsSince(started)} s`), 10_000)
    // dev and optional are named because NODE_ENV=production or npm's own settings may leave them out.
    const result = await run(
      node,
      [
        npm,
        'ci',
        '--include=dev',
        '--include=optional',
        '--loglevel=error',
        '--no-audit',
        '--no-fund',
        '--no-update-notifier',
      ],
      { env: process.env, cwd: root, stdio: ['ignore', 2, 2], onPid },
    ).finally(() => clearInterval(ticker))
    if (result.code === 0) return
    say(
      `The installation did not succeed (after ${secondsSince(started)} s). npm's own words are above.`,
    )
    if (process.platform === 'win32') {
      say(
        'If npm could not remove a file (EPERM), stop MCP Manager (npm run cli -- down) and try again.',
      )
    }
    throw new ChildEnded(result)
  }
  await runNpm()
  if (projectNode() === null) {
    // npm counts an optional package whose download fails as installed, and says nothing.
    say(`${platformPackage(process.platform, process.arch)} was left out. Installing once more ...`)
    await runNpm()
  }
  if (projectNode() === null) throw new SetupError(leftOutText())
  // Last, so that an interrupted installation is never taken for a finished one.
  fs.writeFileSync(installStamp, digest)
  say(`Dependencies installed in ${secondsSince(started)} s.`)
}

function leftOutText() {
  const name = platformPackage(process.platform, process.arch)
  return (
    `npm did not install ${name}, which holds the Node that MCP Manager runs on; its download may have failed. ` +
    `Run this again, or install Node ${oldestProject} or newer from https://nodejs.org.`
  )
}

function noNodeText() {
  return (
    `MCP Manager needs Node ${oldestProject} or newer, and npm has no Node ${oldestProject} for ` +
    `${process.platform}-${process.arch} (this is Node ${process.versions.node}). ` +
    `Install Node ${oldestProject} or newer from https://nodejs.org and run this again.`
  )
}

/**
 * @param {string} node
 * @param {(pid: number) => void} onPid
 */
async function build(node, onPid) {
  // Taken before the build reads its first file: a change during the build leaves the result stale.
  const before = fingerprint(root, buildInputs)
  fs.rmSync(buildStamp, { force: true })
  const result = await run(node, ['scripts/build.mjs'], {
    env: toolEnv(node),
    cwd: root,
    stdio: ['ignore', 2, 2],
    onPid,
  })
  if (result.code !== 0) throw new ChildEnded(result)
  fs.writeFileSync(buildStamp, before)
}

/**
 * For tools and tests: whatever they start as `node` is the project's Node too.
 * @param {string} node
 */
function toolEnv(node) {
  return withPathFirst(personsEnv(process.env), path.dirname(node))
}

/**
 * Brings node_modules and out/ up to date. One bootstrap at a time does so; the others wait and then look again.
 * @param {{ build: boolean, force: boolean }} options
 */
async function prepare({ build: wantsBuild, force }) {
  if (!force && !isInstallStale() && !(wantsBuild && isBuildStale())) return
  assertNodeToBeHad()
  fs.mkdirSync(cacheDir, { recursive: true })
  const lock = await takeLock(path.join(cacheDir, 'bootstrap.lock'), (pid) =>
    say(`Another set-up is running in this folder (process ${pid}). Waiting for it ...`),
  )
  try {
    if (isInstallStale()) await install(lock.addProcess)
    const node = projectNode()
    if (node === null) throw new SetupError(noNodeText())
    if (force || (wantsBuild && isBuildStale())) await build(node, lock.addProcess)
  } finally {
    lock.release()
  }
}

/**
 * The directory where the person is. `npm run` moves to the root of the checkout and leaves the first one in
 * INIT_CWD; a program that inherited the variable from some other script is somewhere else.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} cwd
 * @param {string} checkout
 */
function personsDirectory(env, cwd, checkout) {
  const isOurs = env['npm_lifecycle_event'] !== undefined && path.resolve(cwd) === checkout
  return (isOurs ? env['INIT_CWD'] : undefined) ?? cwd
}

/** @param {string[]} argv */
async function main([name, ...args]) {
  if (majorOf(process.versions.node) < oldestHere) {
    throw new SetupError(
      `This is Node ${process.versions.node}. Install Node ${oldestHere} or newer from https://nodejs.org and run this again.`,
    )
  }
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) {
    throw new SetupError(
      `Use: node scripts/bootstrap.cjs ${Object.keys(commands).join('|')} [arguments]`,
    )
  }
  if (name === 'build') return await prepare({ build: true, force: true })
  await prepare({ build: command.build, force: false })
  const node = projectNode()
  if (node === null) throw new SetupError(noNodeText())
  const [program = '', ...first] = command.program
  if (!fs.existsSync(path.join(root, program))) {
    throw new SetupError(`${program} is missing, so "${name}" cannot run in this checkout.`)
  }
  // As in assets/bin/mcp-manager.
  const flags = command.person
    ? ['--min-semi-space-size=4', '--max-semi-space-size=4', '--max-old-space-size=1024']
    : []
  const result = await run(node, [...flags, path.join(root, program), ...first, ...args], {
    // The program names its own verbs in hints, and here they are not called `mcp-manager <verb>`.
    env: command.person
      ? { ...personsEnv(process.env), MCP_MANAGER_COMMAND: 'npm run --silent cli --' }
      : toolEnv(node),
    cwd: command.person ? personsDirectory(process.env, process.cwd(), root) : root,
    stdio: 'inherit',
  })
  endAs(result)
}

module.exports = {
  chooseNode,
  fingerprint,
  installDigest,
  lockHolder,
  packagedNode,
  personsDirectory,
  personsEnv,
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error) => {
    if (error instanceof ChildEnded) return endAs(error.result)
    say(error instanceof SetupError ? error.message : `Unexpected: ${error?.stack ?? error}`)
    process.exitCode = 1
  })
}
