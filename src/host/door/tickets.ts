import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** How long a ticket can be exchanged, in milliseconds: long enough to start a browser on a slow machine. */
const ticketMs = 10 * 60_000
/** How long a browser session lasts, in milliseconds. */
const sessionMs = 30 * 24 * 60 * 60_000
/** Tickets that wait at most; the oldest goes first. */
const maxTickets = 100

/** Compares two strings in constant time, so that the time taken tells nothing about the secret one. */
export function equalsSecret(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}

/**
 * Lets a browser in without ever showing it the token: a single-use ticket travels in a URL's fragment, which no server
 * and no log sees, and is exchanged for a session.
 */
export class Tickets {
  readonly #now: () => number
  readonly #issued = new Map<string, number>()

  /** @param now milliseconds since the Unix epoch. */
  constructor(now: () => number) {
    this.#now = now
  }

  /** A new ticket; valid once, for ten minutes. */
  issue(): string {
    const ticket = randomBytes(32).toString('base64url')
    this.#issued.set(ticket, this.#now() + ticketMs)
    const [oldest] = this.#issued.keys()
    if (this.#issued.size > maxTickets && oldest !== undefined) this.#issued.delete(oldest)
    return ticket
  }

  /** True once per ticket. */
  redeem(ticket: string): boolean {
    const expiresAt = this.#issued.get(ticket)
    this.#issued.delete(ticket)
    return expiresAt !== undefined && this.#now() < expiresAt
  }
}

/**
 * Browser sessions without a table: a random id and an end, signed with a key that is kept over restarts of the host, so
 * that an open page finds back.
 */
export class Sessions {
  readonly #key: string
  readonly #now: () => number

  constructor(key: string, now: () => number) {
    this.#key = key
    this.#now = now
  }

  /** A new session's cookie value. */
  create(): string {
    const body = `${randomBytes(16).toString('base64url')}.${this.#now() + sessionMs}`
    return `${body}.${this.#sign(body)}`
  }

  /** True for a value that `create` made and that has not ended. */
  isValid(value: string): boolean {
    const end = value.lastIndexOf('.')
    const body = value.slice(0, Math.max(end, 0))
    return (
      equalsSecret(value.slice(end + 1), this.#sign(body)) &&
      Number(body.split('.')[1]) > this.#now()
    )
  }

  #sign(body: string): string {
    return createHmac('sha256', this.#key).update(body).digest('base64url')
  }
}
