/**
 * Tries a packed application as a person would: starts it hidden, on a data directory of its own, and asks it through its
 * own command line. Electron cannot be driven from outside with the fuses as they are shipped, so the command line is the
 * way in. `node scripts/smoke-packaged.mjs FOLDER`, where FOLDER holds the program (Linux, Windows) or the .app (macOS).
 */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { appVersion, root } from './node-bundle.mjs'

const folder = path.resolve(process.argv[2] ?? '.')
const { program, resources } = partsOf(folder)
const data = fs.mkdtempSync(path.join(os.tmpdir(), 'mcp-manager-smoke-'))
const env = { ...process.env, MCP_MANAGER_HOME: data }
const run = promisify(execFile)

/**
 * @param {string} place
 * @returns {{ program: string, resources: string }}
 */
function partsOf(place) {
  switch (process.platform) {
    case 'darwin': {
      const contents = path.join(place, 'MCP Manager.app', 'Contents')
      return {
        program: path.join(contents, 'MacOS', 'MCP Manager'),
        resources: path.join(contents, 'Resources'),
      }
    }
    case 'win32':
      return {
        program: path.join(place, 'MCP Manager.exe'),
        resources: path.join(place, 'resources'),
      }
    default:
      return {
        program: path.join(place, 'mcp-manager-desktop'),
        resources: path.join(place, 'resources'),
      }
  }
}

/**
 * Runs a verb of the packed command line and reads its JSON.
 * @param {string[]} args
 * @returns {Promise<any>} any: what is read of it is compared with what it has to be
 */
async function cli(...args) {
  const shim = path.join(resources, 'bin', 'mcp-manager')
  const words = ['--json', ...args]
  // cmd takes the outermost quotes off and leaves the rest as it is. No word here holds a quote or a percent sign.
  const line = [`${shim}.cmd`, ...words].map((word) => `"${word}"`).join(' ')
  const { stdout } =
    process.platform === 'win32'
      ? await run('cmd.exe', ['/d', '/s', '/c', `"${line}"`], {
          env,
          windowsVerbatimArguments: true,
        })
      : await run(shim, words, { env })
  return JSON.parse(stdout)
}

/** @param {string} text */
function say(text) {
  process.stderr.write(`[smoke] ${text}\n`)
}

/**
 * @param {unknown} is
 * @param {unknown} should
 * @param {string} what
 */
function expectEqual(is, should, what) {
  if (is !== should) throw new Error(`${what} is ${String(is)} and should be ${String(should)}`)
  say(`${what}: ${String(is)}`)
}

/**
 * Answers when the host of the application does.
 * @param {Promise<number | null>} ended
 */
async function waitForHost(ended) {
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    const { running } = await cli('status')
    if (running === true) return
    // The wait between two looks, cut short where there is nothing left to look at.
    const over = await Promise.race([ended.then((code) => ({ code })), setTimeout(250, null)])
    if (over !== null) throw new Error(`The application ended at its start, with code ${over.code}`)
  }
  throw new Error('The application did not answer within 60 s')
}

/** @type {import('node:child_process').ChildProcess | undefined} */
let desktop
try {
  expectEqual((await cli('version')).version, appVersion(), 'the version of the command line')
  desktop = spawn(program, ['--hidden'], { env, stdio: ['ignore', 'inherit', 'inherit'] })
  const ended = once(desktop, 'exit').then(([code]) => code)
  await waitForHost(ended)
  expectEqual((await cli('status')).version, appVersion(), 'the version of the application')
  const nodeName = process.platform === 'win32' ? 'node.exe' : 'node'
  const node = path.join(resources, 'node', 'bin', nodeName)
  const server = path.join(root, 'tests/fixtures/servers/fixture-server.mjs')
  await cli('add', 'fixture', '--', node, server)
  await cli('enable', 'fixture')
  expectEqual((await cli('status')).servers[0]?.phase, 'running', 'the phase of a server')
  await cli('down')
  expectEqual(await ended, 0, "the application's exit code")
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
  desktop?.kill()
} finally {
  fs.rmSync(data, { recursive: true, force: true, maxRetries: 5 })
}
