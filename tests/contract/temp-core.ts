import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { type Core, createCore } from '../../src/core/create-core.ts'
import { resolveDataPaths } from '../../src/host/data-dir.ts'

/** A core on a directory of its own. */
export interface TempCore {
  readonly core: Core
  readonly root: string
  /** Closes the core and removes the directory. */
  readonly dispose: () => Promise<void>
}

/** Builds a real core in a new temporary directory, with a vault file so that no keychain is asked. */
export async function createTempCore(): Promise<TempCore> {
  const root = await mkdtemp(join(tmpdir(), 'mcp-manager-contract-'))
  const core = await createCore({
    paths: resolveDataPaths({ MCP_MANAGER_HOME: root }),
    env: { PATH: process.env['PATH'] },
    homeDir: root,
    vaultKey: 'a key for tests of 16 and more',
    logger: pino({ level: 'silent' }),
    version: '0.0.0-test',
    timing: { lookMs: 50 },
  })
  return {
    core,
    root,
    dispose: async () => {
      await core.close()
      await rm(root, { recursive: true, force: true })
    },
  }
}
