import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { serve, withHome } from '../../bench/bench-host.ts'
import { runCrash } from '../../bench/reliability/crash-run.ts'
import { addServers, callTool, smallServer, switchOn } from '../../bench/reliability/fault-host.ts'
import { ServerWatch } from '../../bench/reliability/server-watch.ts'

test('a crash in mid-call: each call in flight gets its error, the next one succeeds, and a neighbour notices nothing', async () => {
  await withHome(async (home) => {
    const file = join(home, 'mark')
    writeFileSync(file, '')
    const { connection, stop } = await serve(home)
    const ids = await addServers(connection, {
      crashing: smallServer('ok', file),
      neighbour: smallServer('ok', file),
    })
    await switchOn(connection, ids)
    const watch = new ServerWatch(connection)
    await watch.allRun(ids)
    const [crashing, neighbour] = ids
    if (crashing === undefined || neighbour === undefined) throw new Error('A server is missing.')
    const neighbourPid = await callTool(connection, neighbour, 'pid')
    // More often than a server may fail in a row: one that answers in between is no crash loop.
    for (let crash = 0; crash < 8; crash += 1) {
      const { codes, nextMs, refused } = await runCrash(connection, watch, crashing)
      expect({ codes, refused }).toEqual({ codes: ['exited', 'exited', 'exited'], refused: 0 })
      expect(nextMs).not.toBeNull()
    }
    expect(await callTool(connection, neighbour, 'pid')).toBe(neighbourPid)
    await stop()
  })
})
