import { once } from 'node:events'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection, createServer } from 'node:net'
import path from 'node:path'
import { text } from 'node:stream/consumers'

/** What a second start hands to the first one. */
export interface SecondStart {
  readonly argv: string[]
  readonly workingDirectory: string
  readonly additionalData: unknown
}

/** Who holds the lock, as its file says. */
interface Owner {
  readonly pid: number
  readonly socket: string
}

/** The lock of Electron's `requestSingleInstanceLock`: a file in the user's data that names a process and its socket. */
export class SingleInstance {
  readonly #socket: string
  #hasLock = false
  #delivery: Promise<unknown> = Promise.resolve()

  /** @param folder a short path, private to this process: the address of a socket has room for about a hundred bytes */
  constructor(folder: string) {
    const file = path.join(folder, `second-${process.pid}`)
    this.#socket = process.platform === 'win32' ? `\\\\.\\pipe\\${file}` : file
  }

  /** Whether this process is the first one. */
  get hasLock(): boolean {
    return this.#hasLock
  }

  /** Settles when the first instance has been told. */
  get delivery(): Promise<unknown> {
    return this.#delivery
  }

  /** Takes the lock, or hands this start over to the one who holds it. Answers whether it was taken. */
  request(userData: string, start: SecondStart, onSecond: (start: SecondStart) => void): boolean {
    if (this.#hasLock) return true
    mkdirSync(userData, { recursive: true })
    const file = path.join(userData, 'SingletonLock')
    const owner = readOwner(file)
    if (owner !== null && isAlive(owner.pid)) {
      this.#delivery = deliver(owner.socket, start)
      return false
    }
    // Of two that find a dead owner, only one creates the file anew.
    rmSync(file, { force: true })
    const mine: Owner = { pid: process.pid, socket: this.#socket }
    writeFileSync(file, JSON.stringify(mine), { flag: 'wx' })
    process.once('exit', () => rmSync(file, { force: true }))
    this.#listen(onSecond)
    this.#hasLock = true
    return true
  }

  #listen(onSecond: (start: SecondStart) => void): void {
    const server = createServer({ allowHalfOpen: true }, (connection) => {
      void text(connection).then((received) => {
        // Written by `deliver`.
        onSecond(JSON.parse(received) as SecondStart)
        connection.end()
      })
    })
    server.listen(this.#socket)
    server.unref()
  }
}

async function deliver(socket: string, start: SecondStart): Promise<void> {
  const connection = createConnection(socket)
  connection.end(JSON.stringify(start))
  connection.resume()
  await once(connection, 'close')
}

function readOwner(file: string): Owner | null {
  try {
    // Written by `request`.
    return JSON.parse(readFileSync(file, 'utf8')) as Owner
  } catch {
    // There is none, or its writer died while it wrote.
    return null
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
