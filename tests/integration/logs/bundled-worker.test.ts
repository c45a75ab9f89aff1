import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { rolldown } from 'rolldown'
import { expect, it } from 'vitest'

const logs = fileURLToPath(new URL('../../../src/core/logs/', import.meta.url))

it('starts its worker from a bundle too', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'bundled-worker-'))
  try {
    const bundle = await rolldown({
      input: {
        'log-store': join(logs, 'log-store.ts'),
        'log-store-worker': join(logs, 'log-store-worker.ts'),
      },
      platform: 'node',
    })
    await bundle.write({ dir: directory, format: 'esm', entryFileNames: '[name].js' })
    await bundle.close()
    await writeFile(join(directory, 'package.json'), '{"type":"module"}')
    const program = `
      import { openLogStore } from './log-store.js'
      const store = await openLogStore({ file: 'logs.db', onNotice: (notice) => console.log(notice) })
      store.append({ serverId: 'srv_0000000000000000', at: 1, source: 'stderr', level: 'info', text: 'x', protocol: null })
      await store.close()
      console.log(JSON.stringify(store.stats()))`
    await writeFile(join(directory, 'main.js'), program)
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['main.js'], {
      cwd: directory,
    })
    expect(JSON.parse(stdout)).toEqual({ isStoring: false, appended: 1, stored: 1, dropped: 0 })
    expect(stderr).toBe('')
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
})
