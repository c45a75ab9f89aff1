import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startOf } from '../../../src/core/processes/process-table.ts'
import { acquireHostLock, findLiveHost, type HostRecord } from '../../../src/host/host-lock.ts'

const token = 'x'.repeat(43)
let root: string
let file: string
let servers: Server[]

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'mcp-manager-lock-'))
  file = join(root, 'data', 'host.json')
  servers = []
})
afterEach(async () => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
  await rm(root, { recursive: true, force: true })
})

describe('the lock of a data directory', () => {
  test('names the host in a file that only its owner can read', async () => {
    const record = hostRecord(await healthEndpoint(token))
    const lock = await acquireHostLock(file, record)
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(record)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    await lock.release()
    await expect(stat(file)).rejects.toThrow('ENOENT')
  })

  test('refuses a second host while the first one answers', async () => {
    const record = hostRecord(await healthEndpoint(token))
    await acquireHostLock(file, record)
    await expect(acquireHostLock(file, record)).rejects.toMatchObject({
      code: 'host_running',
      data: { pid: process.pid, endpoint: record.endpoint },
    })
    expect(await findLiveHost(file)).toMatchObject({ token, endpoint: record.endpoint })
  })

  test('is taken over at once when its process is gone', async () => {
    const endpoint = await healthEndpoint(token)
    await acquireHostLock(file, { ...hostRecord(endpoint), pid: await deadPid() })
    expect(await findLiveHost(file)).toBeUndefined()
    const lock = await acquireHostLock(file, hostRecord(endpoint))
    expect(await lock.isHeld()).toBe(true)
  })

  test('is taken over at once when its endpoint does not know the token', async () => {
    const endpoint = await healthEndpoint('another token')
    await acquireHostLock(file, hostRecord(endpoint))
    const lock = await acquireHostLock(file, { ...hostRecord(endpoint), startedAt: 2 })
    expect(await lock.isHeld()).toBe(true)
  })

  test('of a process whose number went to another one is taken over at once', async () => {
    const record = hostRecord(await healthEndpoint(token))
    await acquireHostLock(file, { ...record, kind: 'command', processStart: '1' })
    const lock = await acquireHostLock(file, record)
    expect(await lock.isHeld()).toBe(true)
  })

  test('of a host that is silent for a moment is left to it', async () => {
    const endpoint = await healthEndpoint(token, 3_000)
    await acquireHostLock(file, hostRecord(endpoint))
    expect(await findLiveHost(file)).toMatchObject({ endpoint })
  })

  test('is taken over when it cannot be read as a record', async () => {
    const lock = await acquireHostLock(file, hostRecord('http://127.0.0.1:1'))
    await writeFile(file, '{"pid":')
    expect(await lock.isHeld()).toBe(false)
    const next = await acquireHostLock(file, hostRecord('http://127.0.0.1:1'))
    expect(await next.isHeld()).toBe(true)
  })

  test('of many that want it at once, one gets it', async () => {
    const endpoint = await healthEndpoint(token)
    await acquireHostLock(file, { ...hostRecord(endpoint), pid: await deadPid() })
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        acquireHostLock(file, { ...hostRecord(endpoint), startedAt: index }),
      ),
    )
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
  })

  test('one that lost it does not remove the file of the other', async () => {
    const first = await acquireHostLock(file, hostRecord('http://127.0.0.1:1'))
    const second = await acquireHostLock(file, {
      ...hostRecord(await healthEndpoint(token)),
      startedAt: 2,
    })
    await first.release()
    expect(await second.isHeld()).toBe(true)
  })

  test('a command is waited for', async () => {
    const command: HostRecord = {
      ...hostRecord('http://127.0.0.1:1'),
      kind: 'command',
      endpoint: null,
      token: null,
    }
    const first = await acquireHostLock(file, command)
    expect(await findLiveHost(file)).toBeUndefined()
    const waiting = acquireHostLock(file, { ...command, startedAt: 2 })
    await first.release()
    expect(await (await waiting).isHeld()).toBe(true)
  })

  test('a directory that cannot be written is said', async () => {
    // A file where the directory should be: refused to everybody, root too.
    await writeFile(join(root, 'data'), '')
    await expect(acquireHostLock(file, hostRecord('http://127.0.0.1:1'))).rejects.toMatchObject({
      code: 'state_read_only',
    })
  })
})

const ownStart = startOf(process.pid)

function hostRecord(endpoint: string): HostRecord {
  return {
    kind: 'host',
    pid: process.pid,
    processStart: ownStart,
    startedAt: 1,
    endpoint,
    token,
    version: '1',
  }
}

/** @param silentMs how long it takes nobody's call after its first one. */
async function healthEndpoint(accepted: string, silentMs = 0): Promise<string> {
  let silentUntil: number | null = silentMs > 0 ? null : 0
  const server = createServer((request, response) => {
    silentUntil ??= Date.now() + silentMs
    if (Date.now() < silentUntil) return
    response.statusCode = request.headers.authorization === `Bearer ${accepted}` ? 200 : 401
    response.end()
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP address')
  return `http://127.0.0.1:${address.port}`
}

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  if (child.pid === undefined) throw new Error('no pid')
  return child.pid
}
