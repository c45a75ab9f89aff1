/**
 * `npm start`: the desktop application where Electron's runtime is there or can be fetched, else the same application in the
 * browser, with a line that says why. `npm start -- --browser` asks for the browser. Other arguments go to what is started.
 */
import { spawn } from 'node:child_process'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { electronExecutable, hindranceHere } from './desktop-runtime.mjs'
import { root } from './node-bundle.mjs'

/** @param {string} text */
function say(text) {
  process.stderr.write(`[mcp-manager] ${text}\n`)
}

/** @returns {Promise<string | null>} Electron's executable; null where the browser has to do. */
async function desktopProgram() {
  const problem = hindranceHere()
  const { executable, reason } =
    problem === null
      ? await electronExecutable(say)
      : /** @type {const} */ ({ executable: null, reason: problem })
  if (executable === null) say(`${reason} Running it for the browser instead.`)
  return executable
}

/**
 * @param {string} electron
 * @param {string[]} args
 */
function runDesktop(electron, args) {
  const child = spawn(electron, [root, ...args], {
    stdio: 'inherit',
    // Electron's own binary runs no scripts: the programs beside it run on this Node.
    env: { ...process.env, MCP_MANAGER_NODE: process.execPath },
  })
  // A terminal's Ctrl-C has reached the child already; only what the terminal does not send is passed on.
  const hasTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      if (signal === 'SIGTERM' || !hasTerminal) child.kill(signal)
    })
  }
  child.once('error', (error) => {
    say(`Electron could not be started: ${error.message}`)
    process.exitCode = 1
  })
  child.once('exit', (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 1
  })
}

const args = process.argv.slice(2)
const rest = args.filter((arg) => arg !== '--browser')
const electron = args.includes('--browser') ? null : await desktopProgram()
if (electron !== null) {
  runDesktop(electron, rest)
} else {
  const cli = path.join(root, 'out', 'node', 'cli.js')
  // In this very process: one less between the person's Ctrl-C and the servers.
  process.argv = [process.execPath, cli, 'serve', '--open', '--app-window', ...rest]
  await import(pathToFileURL(cli).href)
}
