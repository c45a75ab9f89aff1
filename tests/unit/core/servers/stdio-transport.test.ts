import { PassThrough, Readable, Writable } from 'node:stream'
import type { JSONRPCMessage } from '@modelcontextprotocol/client'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DroppedFrame } from '../../../../src/core/servers/frame-reader.ts'
import { findResponseId, parseMessages } from '../../../../src/core/servers/parse-frame.ts'
import { oversizedCode, StdioTransport } from '../../../../src/core/servers/stdio-transport.ts'

/** A transport over two pipes of memory, and all that it told. */
async function openTransport(limit?: number) {
  const stdin = new PassThrough()
  const stdout = new PassThrough()
  const messages: JSONRPCMessage[] = []
  const noise: string[] = []
  const oversized: number[] = []
  const errors: string[] = []
  const observer = {
    onSent: () => {},
    onReceived: () => {},
    onNoise: (text: string) => noise.push(text),
    onDropped: ({ bytes }: DroppedFrame) => oversized.push(bytes),
  }
  const transport = new StdioTransport({ stdin, stdout }, observer, limit)
  transport.onmessage = (message) => messages.push(message)
  transport.onerror = (error) => errors.push(error.message)
  await transport.start()
  const end = async () => {
    const closed = new Promise<void>((resolve) => {
      transport.onclose = resolve
    })
    stdout.end()
    await closed
  }
  return { transport, stdin, stdout, messages, noise, oversized, errors, end }
}

const ping = { jsonrpc: '2.0', id: 1, method: 'ping' }
const line = (value: unknown) => `${JSON.stringify(value)}\n`

describe('a flood of lines leaves the others their turns, and none is lost', () => {
  const lines = Array.from({ length: 200 }, (_, index) => `line ${index}`)

  test.for([
    ['one chunk', [`${lines.join('\n')}\n`]],
    // As the system hands them over: one after the other, with nothing else in between.
    ['many chunks', lines.map((text) => `${text}\n`)],
  ] as const)('in %s', async ([, chunks]) => {
    const stdout = new Readable({ read: () => {} })
    const noise: string[] = []
    const observer = {
      onSent: () => {},
      onReceived: () => {},
      onNoise: (text: string) => {
        noise.push(text)
        for (const until = performance.now() + 0.2; performance.now() < until; );
      },
      onDropped: () => {},
    }
    const transport = new StdioTransport({ stdin: new PassThrough(), stdout }, observer)
    await transport.start()
    const closed = new Promise<void>((resolve) => {
      transport.onclose = resolve
    })
    const seenByOthers = new Promise<number>((resolve) => {
      stdout.once('data', () => setImmediate(() => resolve(noise.length)))
    })
    // It flows from the next tick on; then each push is read at once.
    await new Promise((resolve) => void setImmediate(resolve))
    for (const chunk of chunks) stdout.push(Buffer.from(chunk))
    expect(await seenByOthers).toBeLessThan(100)
    stdout.push(null)
    await closed
    expect(noise).toEqual(lines)
  })
})

describe('framing', () => {
  test('messages are whole however the bytes are cut', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 1, maxLength: 5 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
        async (texts, sizes) => {
          const { stdout, messages, noise, end } = await openTransport()
          const sent = texts.map((result, id) => ({ jsonrpc: '2.0', id, result }))
          const bytes = Buffer.from(sent.map(line).join(''))
          for (let at = 0; at < bytes.length; ) {
            const { value } = sizes.next()
            stdout.write(bytes.subarray(at, at + value))
            at += value
          }
          await end()
          expect(messages).toEqual(sent)
          expect(noise).toEqual([])
        },
      ),
      { numRuns: 50 },
    )
  })

  test('noise, blank lines and Windows line ends', async () => {
    const { stdout, messages, noise, end } = await openTransport()
    stdout.write(`hello\n\n  \r\n${JSON.stringify(ping)}\r\n{"a":\n{"jsonrpc":"1.0","id":1}\n[]\n`)
    await end()
    expect(messages).toEqual([ping])
    expect(noise).toEqual(['hello', '{"a":', '{"jsonrpc":"1.0","id":1}', '[]'])
  })

  test('a line without its end is no message', async () => {
    const { stdout, messages, end } = await openTransport()
    stdout.write(JSON.stringify(ping))
    await end()
    expect(messages).toEqual([])
  })
})

describe('a message over the limit', () => {
  const big = (fields: object, order: 'first' | 'last') => {
    const result = { text: 'x'.repeat(20_000) }
    return line(order === 'first' ? { ...fields, result } : { result, ...fields })
  }

  test.for([
    [{ jsonrpc: '2.0', id: 7 }, 'first', 7],
    [{ id: 7, jsonrpc: '2.0' }, 'first', 7],
    [{ jsonrpc: '2.0', id: 'a"b' }, 'last', 'a"b'],
    [{ id: 8, jsonrpc: '2.0' }, 'last', 8],
  ] as const)(
    '%j %s answers its request, and the next ones arrive',
    async ([fields, order, id]) => {
      const { stdout, messages, oversized, errors, end } = await openTransport(10_000)
      const bytes = Buffer.from(big(fields, order) + line(ping))
      for (let at = 0; at < bytes.length; at += 999) stdout.write(bytes.subarray(at, at + 999))
      await end()
      expect(messages).toEqual([
        {
          jsonrpc: '2.0',
          id,
          error: expect.objectContaining({ code: oversizedCode, data: { bytes: oversized[0] } }),
        },
        ping,
      ])
      expect(errors).toEqual([])
    },
  )

  test('one that answers nothing is told as an error of the transport', async () => {
    const { stdout, messages, oversized, errors, end } = await openTransport(10_000)
    stdout.write(line({ jsonrpc: '2.0', method: 'note', params: { text: 'x'.repeat(20_000) } }))
    stdout.write(line(ping))
    await end()
    expect(messages).toEqual([ping])
    expect(oversized).toHaveLength(1)
    expect(errors).toEqual([expect.stringContaining('bytes')])
  })

  test('an id inside the result is not taken for the id of the answer', () => {
    expect(findResponseId('{"jsonrpc":"2.0","result":{"id":5,', ',"x":{"id":6}}}')).toBeUndefined()
    expect(findResponseId('{"result":{"id":5,', '"x":1},"jsonrpc":"2.0","id":9}')).toBe(9)
  })
})

describe('the end', () => {
  test('a message that was sent is one line', async () => {
    const { transport, stdin } = await openTransport()
    await transport.send({ jsonrpc: '2.0', id: 1, method: 'ping', params: { text: 'a\nb' } })
    expect(String(stdin.read())).toBe(
      '{"jsonrpc":"2.0","id":1,"method":"ping","params":{"text":"a\\nb"}}\n',
    )
  })

  test('nothing is sent after the end of stdin, and nothing is thrown past its caller', async () => {
    const { transport, stdin } = await openTransport()
    stdin.end()
    await expect(transport.send({ jsonrpc: '2.0', method: 'x' })).rejects.toMatchObject({
      code: 'exited',
    })
  })

  test('a second protocol layer can take over, but not once the pipe has ended', async () => {
    const { transport, stdout, messages, end } = await openTransport()
    await transport.close()
    await transport.start()
    stdout.write(line(ping))
    await end()
    expect(messages).toEqual([ping])
    await transport.start()
    await expect(transport.send({ jsonrpc: '2.0', method: 'x' })).rejects.toMatchObject({
      code: 'exited',
    })
  })

  test('an answer does not overtake the handlers of a notification before it', async () => {
    const { transport, stdout, end } = await openTransport()
    const order: string[] = []
    transport.onmessage = (message) => {
      // As the SDK does it: notifications one microtask later, answers at once.
      if ('method' in message) void Promise.resolve().then(() => order.push('notification'))
      else order.push('answer')
    }
    stdout.write(line({ jsonrpc: '2.0', method: 'notifications/progress' }))
    stdout.write(line({ jsonrpc: '2.0', id: 1, result: {} }))
    await end()
    expect(order).toEqual(['notification', 'answer'])
  })
})

describe('a message that is nested too deep', () => {
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`

  test.for([7, 700, 1_000_000])('answers its request, in pieces of %i bytes', async (size) => {
    const { stdout, messages, noise, errors, end } = await openTransport()
    const text = `{"jsonrpc":"2.0","id":"ü7","result":{"a":${deep}}}\n${line(ping)}`
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; at += size) stdout.write(bytes.subarray(at, at + size))
    await end()
    const message = 'The answer was nested more than 512 levels deep.'
    const data = { bytes: Buffer.byteLength(text.split('\n')[0] ?? '') }
    const error = { code: oversizedCode, message, data }
    expect(messages).toEqual([{ jsonrpc: '2.0', id: 'ü7', error }, ping])
    expect({ noise, errors }).toEqual({ noise: [], errors: [] })
  })

  test('answers nothing where it is a request of the server with the same id', async () => {
    const { stdout, messages, errors, end } = await openTransport()
    stdout.write(`{"jsonrpc":"2.0","id":1,"method":"x","params":{"a":${deep}}}\n${line(ping)}`)
    await end()
    expect(messages).toEqual([ping])
    expect(errors).toEqual(['A message of the server was nested more than 512 levels deep.'])
  })
})

describe('a protocol layer that throws', () => {
  test('is reported with its message, and the next one arrives', async () => {
    const { transport, stdout, messages, noise, errors, end } = await openTransport()
    const bad = { jsonrpc: '2.0', method: 'bad' }
    transport.onmessage = (message) => {
      if ('method' in message && message.method === 'bad') throw new Error('It was bad.')
      messages.push(message)
    }
    stdout.write(`${line(bad)}${line(ping)}`)
    await end()
    expect(messages).toEqual([ping])
    expect(noise).toEqual([JSON.stringify(bad)])
    expect(errors).toEqual(['It was bad.'])
  })

  test('an oversized answer whose id is no JSON text is told as an error', async () => {
    const { stdout, messages, errors, end } = await openTransport(10_000)
    stdout.write(`{"id":"\\q","result":"${'x'.repeat(20_000)}"}\n${line(ping)}`)
    await end()
    expect(messages).toEqual([ping])
    expect(errors).toEqual([expect.stringContaining('bytes')])
  })
})

describe('a child that does not read', () => {
  const message = (text: string): JSONRPCMessage => ({
    jsonrpc: '2.0',
    method: 'x',
    params: { text },
  })

  async function openDeaf(backlogLimit: number) {
    // Takes nothing; the write under way fails when the pipe is destroyed, as a pipe's does.
    let fail = () => {}
    const stdin = new Writable({
      write: (_chunk, _encoding, callback) => {
        fail = () => callback(new Error('destroyed'))
      },
      destroy: (error, callback) => {
        fail()
        callback(error)
      },
    })
    stdin.on('error', () => {})
    const stdout = new PassThrough()
    const nothing = () => {}
    const observer = {
      onSent: nothing,
      onReceived: nothing,
      onNoise: nothing,
      onDropped: nothing,
    }
    const transport = new StdioTransport({ stdin, stdout }, observer, undefined, backlogLimit)
    await transport.start()
    return { transport, stdin }
  }

  test('the connection is given up, and frees what waits', async () => {
    const { transport, stdin } = await openDeaf(1_000)
    const told: string[] = []
    transport.onstuck = (error) => told.push(error.code)
    transport.onclose = () => told.push('closed')
    const waiting = [message('x'.repeat(5_000)), message('a'), message('b')].map((one) =>
      transport.send(one).catch((error: unknown) => error),
    )
    expect(told).toEqual([])
    await expect(transport.send(message('y'.repeat(1_000)))).rejects.toMatchObject({
      code: 'unresponsive',
    })
    expect(told).toEqual(['unresponsive', 'closed'])
    expect(stdin.destroyed).toBe(true)
    expect(await Promise.all(waiting)).toEqual(
      waiting.map(() => expect.objectContaining({ code: 'exited' })),
    )
    await expect(transport.send(message('z'))).rejects.toMatchObject({ code: 'exited' })
  })
})

describe('messages of one line', () => {
  test.for([
    ['{"jsonrpc":"2.0","id":1,"result":null}', 1],
    ['{"jsonrpc":"2.0","id":"a","error":{"code":1,"message":"x"}}', 1],
    ['{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":"x"}}', 1],
    ['{"jsonrpc":"2.0","method":"x"}', 1],
    ['[{"jsonrpc":"2.0","method":"x"},{"jsonrpc":"2.0","id":1,"result":{}}]', 2],
    ['[{"jsonrpc":"2.0","method":"x"},5]', undefined],
    ['{"jsonrpc":"2.0","id":{},"method":"x"}', undefined],
    ['{"jsonrpc":"2.0","id":1}', undefined],
    ['{"jsonrpc":"2.0","result":{}}', undefined],
    ['5', undefined],
    ['null', undefined],
  ] as const)('%s: %s', ([text, count]) => {
    expect(parseMessages(text)?.length).toBe(count)
  })
})
