/**
 * Runs `npm start` in the current folder until its page answers, and stops it again: part of the
 * fresh-clone check of .ci/run.
 */
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const limitMs = 120_000
const started = Date.now()

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'mcp-manager-first-page-'))
// The README's own command. Without a display it has to find its way to the browser's face by itself.
const child = spawn('npm', ['start', '--', '--json'], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, MCP_MANAGER_HOME: home, DISPLAY: '', WAYLAND_DISPLAY: '' },
})
const ended = new Promise((resolve) => {
  child.once('exit', resolve)
})

/** The line that `serve --json` prints once it listens: `{"url", "token", "pid"}`. */
async function listening() {
  let text = ''
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    text += chunk
    const line = text.split('\n').find((part) => part.startsWith('{') && part.endsWith('}'))
    if (line !== undefined) return JSON.parse(line)
  }
  throw new Error(`npm start ended before it listened. It printed: ${text}`)
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false
    throw error
  }
}

try {
  const late = delay(limitMs, undefined, { ref: false }).then(() => {
    throw new Error(`no page after ${limitMs / 1000} s`)
  })
  const { url, pid } = await Promise.race([listening(), late])
  const page = await fetch(new URL('/', url))
  const body = await page.text()
  if (page.status !== 200 || !body.includes('<title>MCP Manager</title>')) {
    throw new Error(`the first page answered ${page.status}: ${body.slice(0, 200)}`)
  }
  console.log(`npm start: its page answered after ${((Date.now() - started) / 1000).toFixed(1)} s`)
  child.kill('SIGTERM')
  await Promise.race([ended, late])
  // npm itself ends at once; the host under it needs a moment to stop its servers.
  while (isAlive(pid)) {
    if (Date.now() - started > limitMs) throw new Error(`process ${pid} outlived npm start`)
    await delay(50)
  }
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  child.kill('SIGTERM')
  fs.rmSync(home, { recursive: true, force: true })
}
