import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { Reception } from '../../../src/host/door/reception.ts'

test('what a visitor says before there is anybody to serve is heard', async () => {
  const server = createServer((_, response) => response.end('here'))
  const sockets = new WebSocketServer({ server })
  const reception = new Reception()
  sockets.on('connection', (socket) => reception.receive(socket, { kind: 'cli' }))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP address')
  const place = `127.0.0.1:${address.port}`

  const early = new WebSocket(`ws://${place}`)
  await once(early, 'open')
  await new Promise((resolve) => {
    early.send('first words', resolve)
  })
  // A whole request and answer: the server has read whatever it is going to read by now.
  await (await fetch(`http://${place}`)).text()

  const heard: string[] = []
  reception.open((socket) => {
    socket.on('message', (data: Buffer) => {
      heard.push(data.toString())
      socket.close()
    })
  })
  await once(early, 'close')
  const late = new WebSocket(`ws://${place}`)
  await once(late, 'open')
  late.send('later words')
  await once(late, 'close')
  expect(heard).toEqual(['first words', 'later words'])
  sockets.close()
  server.close()
})
