// An MCP server (2025-11-25 over stdio) that prints so many numbered lines a second on stderr, for as long as it runs.
// node flood-server.mjs <lines per second>
import process from 'node:process'

const perSecond = Number(process.argv[2])
const everyMs = 20
let printed = 0
let startedAt = 0

const answers = {
  initialize: () => {
    startedAt = performance.now()
    setInterval(print, everyMs)
    return {
      protocolVersion: '2025-11-25',
      capabilities: {},
      serverInfo: { name: 'flood', version: '1' },
    }
  },
  ping: () => ({}),
}

function print() {
  const due = Math.floor(((performance.now() - startedAt) / 1000) * perSecond)
  let text = ''
  for (; printed < due; printed += 1) {
    text += `line ${printed} request GET /items/${(printed * 7919) % 100_003} answered in ${printed % 97} ms\n`
  }
  process.stderr.write(text)
}

let rest = ''
process.stdin.setEncoding('utf8').on('data', (chunk) => {
  const lines = (rest + chunk).split('\n')
  rest = lines.pop() ?? ''
  for (const line of lines) {
    const { id, method } = JSON.parse(line)
    if (id === undefined) continue
    const answer = answers[method]
    const message =
      answer === undefined
        ? { error: { code: -32601, message: 'Method not found' } }
        : { result: answer() }
    process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, ...message })}\n`)
  }
})
process.stdin.on('end', () => process.exit(0))
