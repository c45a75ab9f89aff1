import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { SessionBus } from '../../../src/main/session-bus.ts'

// Windows has no such sockets, and macOS no such bus.
if (process.platform === 'linux') {
  test.each([
    ['does not even greet', ''],
    ['greets and says nothing more', 'OK 1234\r\n'],
  ])('a message bus that %s is left, so that nothing waits for it', async (_what, greeting) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'silent-bus-'))
    const peers: Socket[] = []
    const server = createServer((peer) => {
      peers.push(peer)
      peer.once('data', () => peer.write(greeting))
    })
    onTestFinished(() => {
      for (const peer of peers) peer.destroy()
      server.close()
      rmSync(folder, { recursive: true, force: true })
    })
    const file = path.join(folder, 'bus')
    server.listen(file)
    await once(server, 'listening')
    await expect(SessionBus.connect(`unix:path=${file}`, 50)).rejects.toThrow('the bus')
  })
}
