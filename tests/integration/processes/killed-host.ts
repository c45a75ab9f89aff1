import { join } from 'node:path'
import pino from 'pino'
import { createCore } from '../../../src/core/create-core.ts'
import { resolveDataPaths } from '../../../src/host/data-dir.ts'
import { repository, stdio } from '../temp-core.ts'

// A host that is there to be killed. Its arguments: a folder, and a shell script for each server, which never shakes hands.
// It prints a line for each process that it has spawned, and ends in order when its stdin does.

const [root = '', ...scripts] = process.argv.slice(2)
const core = await createCore({
  paths: resolveDataPaths({ MCP_MANAGER_HOME: join(root, 'data') }),
  env: { PATH: '/usr/bin:/bin', HOME: root, SHELL: '/bin/sh' },
  homeDir: root,
  vaultKey: undefined,
  keychain: 'never',
  logger: pino({ level: 'warn' }, pino.destination(2)),
  version: '0.0.0',
  // As it is shipped: what is run from its source starts later.
  programsDir: join(repository, 'out/node'),
})
core.supervisor.onDidChange((event) => {
  if (event.type !== 'changed') return
  const { state, definition } = event.server
  if (state.phase !== 'starting' || state.step !== 'handshake' || state.pid === null) return
  process.stdout.write(`${definition.name} ${state.pid}\n`)
})
core.supervisor.open(false)
for (const [at, script] of scripts.entries()) {
  const transport = stdio('/bin/sh', '-c', script, root)
  const { id } = await core.editor.add({ name: `server-${at}`, transport })
  core.supervisor.command(id, 'start')
}

process.stdin.resume()
process.stdin.once('end', () => void core.close())
