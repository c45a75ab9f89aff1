import { createConnection, type Socket } from 'node:net'
import { userInfo } from 'node:os'

/** A message of the bus that arrived: the few fields that are looked at. */
interface BusMessage {
  readonly type: number
  readonly member: string | null
  readonly sender: string | null
  readonly replySerial: number | null
  readonly body: Buffer
}

const methodReturn = 2
const methodError = 3
const signal = 4

/** How long the bus may take for an answer before it is left, in milliseconds: nobody's window waits longer for it. */
const answerMs = 2_000

/** The bus's own name. */
const busName = 'org.freedesktop.DBus'

/**
 * A connection to the message bus of the person's session (D-Bus specification 0.43), for what takes strings only and a few calls:
 * whether somebody has a name. It holds no process alive.
 */
export class SessionBus {
  readonly #socket: Socket
  readonly #limitMs: number
  #received: Buffer = Buffer.alloc(0)
  #serial = 0
  readonly #calls = new Map<number, (message: BusMessage) => void>()
  readonly #signalListeners = new Set<(message: BusMessage) => void>()
  /** Settles when the connection ends, by whatever cause. */
  readonly closed: Promise<void>

  private constructor(socket: Socket, rest: Buffer, limitMs: number) {
    this.#socket = socket
    this.#limitMs = limitMs
    socket.unref()
    this.closed = new Promise((resolve) => {
      socket.once('close', () => resolve())
    })
    socket.on('data', (data) => this.#take(data))
    this.#take(rest)
  }

  /**
   * Connects to the bus of an address as `DBUS_SESSION_BUS_ADDRESS` has it. Rejects where nothing answers there, or it is of another
   * kind.
   * @param limitMs how long each answer may take; the connection is ended then.
   */
  static async connect(address: string, limitMs = answerMs): Promise<SessionBus> {
    const path = unixPathOf(address)
    if (path === null) throw new Error(`a bus address of a kind that is not known: ${address}`)
    const socket = createConnection(path)
    const rest = await within(socket, limitMs, authenticate(socket))
    const bus = new SessionBus(socket, rest, limitMs)
    await bus.call('Hello', [])
    return bus
  }

  /** Ends the connection. */
  close(): void {
    this.#socket.destroy()
  }

  /**
   * Calls a method of the bus itself. Answers the body of the reply; rejects with the error's text, or when the connection ends.
   * @param args strings, and unsigned integers of 32 bits.
   */
  async call(member: string, args: readonly (string | number)[]): Promise<Buffer> {
    this.#serial += 1
    const serial = this.#serial
    const reply = new Promise<BusMessage>((resolve, reject) => {
      this.#calls.set(serial, resolve)
      void this.closed.then(() => reject(new Error('the bus is gone')))
    })
    this.#socket.write(encodeCall(serial, member, args))
    const { type, body } = await within(this.#socket, this.#limitMs, reply)
    if (type === methodError) throw new Error(`${member}: ${readString(body, 0)}`)
    return body
  }

  /** Whether somebody has a name on the bus now. */
  async hasOwner(name: string): Promise<boolean> {
    const body = await this.call('NameHasOwner', [name])
    return body.readUInt32LE(0) === 1
  }

  /** Told each time that a name gets or loses its owner. */
  async watchOwner(name: string, listener: (hasOwner: boolean) => void): Promise<void> {
    this.#signalListeners.add(({ member, sender, body }) => {
      // Anybody on the bus can send us a signal of any name; the sender is the bus's own word.
      if (sender !== busName || member !== 'NameOwnerChanged' || readString(body, 0) !== name)
        return
      listener(readString(body, afterString(body, afterString(body, 0))) !== '')
    })
    await this.call('AddMatch', [
      `type='signal',sender='${busName}',member='NameOwnerChanged',arg0='${name}'`,
    ])
  }

  #take(data: Buffer): void {
    this.#received = Buffer.concat([this.#received, data])
    for (;;) {
      const length = messageLength(this.#received)
      if (length === null || this.#received.length < length) return
      const message = decode(this.#received.subarray(0, length))
      this.#received = this.#received.subarray(length)
      if (message.type === signal) {
        for (const listener of this.#signalListeners) listener(message)
      } else if (message.replySerial !== null) {
        const settle = this.#calls.get(message.replySerial)
        this.#calls.delete(message.replySerial)
        if (message.type === methodReturn || message.type === methodError) settle?.(message)
      }
    }
  }
}

/** Ends the connection where an answer does not come in time; the answer has to fail with it. */
async function within<T>(socket: Socket, limitMs: number, answer: Promise<T>): Promise<T> {
  const timer = setTimeout(() => socket.destroy(), limitMs)
  return await answer.finally(() => clearTimeout(timer))
}

/** The path of a Unix socket in a bus address; null for one of another kind. */
function unixPathOf(address: string): string | null {
  for (const one of address.split(';')) {
    const [kind, rest = ''] = one.split(':', 2)
    if (kind !== 'unix') continue
    const pairs = new Map(
      rest
        .split(',')
        .map((pair) => pair.split('=', 2))
        .map(([k, v]) => [k, v]),
    )
    const path = pairs.get('path')
    if (path !== undefined) return decodeURIComponent(path)
    const abstract = pairs.get('abstract')
    if (abstract !== undefined) return `\0${decodeURIComponent(abstract)}`
  }
  return null
}

/** Says who we are (specification, "Authentication Protocol"). Answers what came after the server's OK. */
async function authenticate(socket: Socket): Promise<Buffer> {
  const uid = Buffer.from(String(userInfo().uid)).toString('hex')
  socket.write(`\0AUTH EXTERNAL ${uid}\r\n`)
  return await new Promise((resolve, reject) => {
    let text = Buffer.alloc(0)
    const fail = () => {
      socket.destroy()
      reject(new Error('the bus did not let us in'))
    }
    const onData = (data: Buffer) => {
      text = Buffer.concat([text, data])
      const end = text.indexOf('\r\n')
      if (end === -1) return
      if (!text.subarray(0, end).toString().startsWith('OK ')) return fail()
      socket.off('data', onData).off('close', fail)
      socket.write('BEGIN\r\n')
      resolve(text.subarray(end + 2))
    }
    socket.on('data', onData).once('close', fail)
    // The `close` that follows says the same.
    socket.on('error', () => socket.destroy())
  })
}

const align = (offset: number, to: number): number => Math.ceil(offset / to) * to

/** Parts one after the other, each but the first at a multiple of `to`. */
function joined(parts: readonly Buffer[], to: number): Buffer {
  return parts.reduce((before, part) => {
    const gap = Buffer.alloc(align(before.length, to) - before.length)
    return Buffer.concat([before, gap, part])
  }, Buffer.alloc(0))
}

function encodeUInt(value: number): Buffer {
  const buffer = Buffer.alloc(4)
  buffer.writeUInt32LE(value, 0)
  return buffer
}

function encodeString(text: string): Buffer {
  const bytes = Buffer.from(text)
  return Buffer.concat([encodeUInt(bytes.length), bytes, Buffer.from([0])])
}

/** A header field: its code, and a variant of an object path, string or signature. */
function encodeField(code: number, type: 'o' | 's' | 'g', value: string): Buffer {
  const bytes = Buffer.from(value)
  const text =
    type === 'g'
      ? Buffer.concat([Buffer.from([bytes.length]), bytes, Buffer.from([0])])
      : encodeString(value)
  return Buffer.concat([Buffer.from([code, 1, type.charCodeAt(0), 0]), text])
}

function encodeCall(serial: number, member: string, args: readonly (string | number)[]): Buffer {
  const body = joined(
    args.map((arg) => (typeof arg === 'string' ? encodeString(arg) : encodeUInt(arg))),
    4,
  )
  const signature = args.map((arg) => (typeof arg === 'string' ? 's' : 'u')).join('')
  const fields = joined(
    [
      encodeField(1, 'o', '/org/freedesktop/DBus'),
      encodeField(2, 's', busName),
      encodeField(3, 's', member),
      encodeField(6, 's', busName),
      ...(signature === '' ? [] : [encodeField(8, 'g', signature)]),
    ],
    8,
  )
  const head = Buffer.concat([
    // Little endian, a method call, no flags, version 1 of the protocol.
    Buffer.from(['l'.charCodeAt(0), 1, 0, 1]),
    encodeUInt(body.length),
    encodeUInt(serial),
    encodeUInt(fields.length),
    fields,
  ])
  return joined([head, body], 8)
}

/** The length of the message at the start; null where not enough of it is there to tell. */
function messageLength(buffer: Buffer): number | null {
  if (buffer.length < 16) return null
  return align(16 + buffer.readUInt32LE(12), 8) + buffer.readUInt32LE(4)
}

/** Reads a message. The bus answers in the byte order of the caller, which is little endian. */
function decode(buffer: Buffer): BusMessage {
  const fieldsEnd = 16 + buffer.readUInt32LE(12)
  let member: string | null = null
  let sender: string | null = null
  let replySerial: number | null = null
  let offset = 16
  while (offset < fieldsEnd) {
    const code = buffer.readUInt8(offset)
    const type = String.fromCharCode(buffer.readUInt8(offset + 2))
    const value = offset + 4
    if (type === 'u') {
      if (code === 5) replySerial = buffer.readUInt32LE(value)
      offset = value + 4
    } else if (type === 'g') {
      offset = value + 1 + buffer.readUInt8(value) + 1
    } else {
      if (code === 3) member = readString(buffer, value)
      if (code === 7) sender = readString(buffer, value)
      offset = value + 4 + buffer.readUInt32LE(value) + 1
    }
    offset = align(offset, 8)
  }
  return {
    type: buffer.readUInt8(1),
    member,
    sender,
    replySerial,
    body: buffer.subarray(align(fieldsEnd, 8)),
  }
}

function readString(buffer: Buffer, offset: number): string {
  return buffer.subarray(offset + 4, offset + 4 + buffer.readUInt32LE(offset)).toString()
}

/** Where the value after a string begins, if that is a string too. */
function afterString(buffer: Buffer, offset: number): number {
  return align(offset + 4 + buffer.readUInt32LE(offset) + 1, 4)
}
