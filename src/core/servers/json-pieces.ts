/** A longer number is none: what has no end yet is read anew with each piece. */
const maxScalar = 1_000

const scalar = /[-+.\w]+/y
const backslash = 0x5c

/** What may come next. */
type Expected =
  | 'value'
  | 'value-or-end'
  | 'key'
  | 'key-or-end'
  | 'colon'
  | 'comma-or-end'
  | 'nothing'

type Container =
  | { readonly items: unknown[] }
  | { readonly members: Record<string, unknown>; key: string }

/**
 * Parses one JSON text (RFC 8259) that comes in pieces, to what `JSON.parse` makes of the whole. Each piece takes time linear
 * in its length, so that a text of any size holds nobody up at its end; a deep one takes no stack.
 */
export class JsonPieces {
  #isInvalid = false
  #expected: Expected = 'value'
  readonly #open: Container[] = []
  #value: unknown = undefined
  /** What has come of the string that is open; null outside of strings. */
  #string: string | null = null
  /** The beginning of a number, a name or an escape whose end has not come. */
  #rest = ''

  /** Takes the next piece. What follows on a fault is not looked at. */
  take(piece: string): void {
    if (this.#isInvalid) return
    try {
      this.#read(this.#rest + piece, false)
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      this.#giveUp()
    }
  }

  /** The value; undefined where the text is not JSON. */
  end(): unknown {
    try {
      if (!this.#isInvalid) this.#read(this.#rest, true)
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      this.#giveUp()
    }
    return this.#isInvalid || this.#expected !== 'nothing' ? undefined : this.#value
  }

  #giveUp(): void {
    this.#isInvalid = true
    this.#open.length = 0
    this.#value = undefined
    this.#string = null
    this.#rest = ''
  }

  #read(text: string, isLast: boolean): void {
    this.#rest = ''
    let at = 0
    while (at < text.length) {
      const next =
        this.#string === null ? this.#readToken(text, at, isLast) : this.#readString(text, at)
      if (next === null) return
      at = next
    }
  }

  /** Answers where to go on; null where the piece ends in a token, which is kept. */
  #readToken(text: string, at: number, isLast: boolean): number | null {
    switch (text[at]) {
      case ' ':
      case '\n':
      case '\r':
      case '\t':
        return at + 1
      case '"':
        if (this.#expected === 'key-or-end') this.#expected = 'key'
        if (this.#expected !== 'key') this.#expectValue()
        this.#string = ''
        return at + 1
      case '{':
        this.#expectValue()
        this.#open.push({ members: {}, key: '' })
        this.#expected = 'key-or-end'
        return at + 1
      case '[':
        this.#expectValue()
        this.#open.push({ items: [] })
        this.#expected = 'value-or-end'
        return at + 1
      case '}':
      case ']':
        this.#close(text[at] === ']')
        return at + 1
      case ':':
        this.#expect('colon')
        this.#expected = 'value'
        return at + 1
      case ',':
        this.#expect('comma-or-end')
        this.#expected = 'items' in this.#container() ? 'value' : 'key'
        return at + 1
      default:
        return this.#readScalar(text, at, isLast)
    }
  }

  #readScalar(text: string, at: number, isLast: boolean): number | null {
    scalar.lastIndex = at
    const [found = ''] = scalar.exec(text) ?? []
    const end = at + found.length
    if (found === '' || found.length > maxScalar) throw new SyntaxError()
    if (end === text.length && !isLast) {
      this.#rest = found
      return null
    }
    this.#expectValue()
    this.#add(JSON.parse(found))
    return end
  }

  #readString(text: string, from: number): number | null {
    const closing = closingQuote(text, from)
    const end = closing ?? beforeOpenEscape(text, from)
    const part: unknown = JSON.parse(`"${text.slice(from, end)}"`)
    this.#string = `${this.#string ?? ''}${String(part)}`
    if (closing === null) {
      this.#rest = text.slice(end)
      return null
    }
    const whole = this.#string
    this.#string = null
    if (this.#expected === 'key') {
      const container = this.#container()
      if ('members' in container) container.key = whole
      this.#expected = 'colon'
    } else this.#add(whole)
    return end + 1
  }

  #close(isArray: boolean): void {
    const container = this.#container()
    if ('items' in container !== isArray) throw new SyntaxError()
    const first = isArray ? 'value-or-end' : 'key-or-end'
    if (this.#expected !== first) this.#expect('comma-or-end')
    this.#open.pop()
    this.#add('items' in container ? container.items : container.members)
  }

  #add(value: unknown): void {
    const container = this.#open.at(-1)
    this.#expected = container === undefined ? 'nothing' : 'comma-or-end'
    if (container === undefined) this.#value = value
    else if ('items' in container) container.items.push(value)
    else if (container.key === '__proto__') {
      // An assignment would set the prototype.
      Object.defineProperty(container.members, container.key, {
        value,
        configurable: true,
        enumerable: true,
        writable: true,
      })
    } else container.members[container.key] = value
  }

  #container(): Container {
    const container = this.#open.at(-1)
    if (container === undefined) throw new SyntaxError()
    return container
  }

  #expect(expected: Expected): void {
    if (this.#expected !== expected) throw new SyntaxError()
  }

  #expectValue(): void {
    if (this.#expected !== 'value-or-end') this.#expect('value')
  }
}

function closingQuote(text: string, from: number): number | null {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    if (backslashesBefore(text, at, from) % 2 === 0) return at
  }
  return null
}

/** The end of what can be read of a string that goes on: an escape that is cut is left for the next piece. */
function beforeOpenEscape(text: string, from: number): number {
  for (let at = text.length - 1; at >= Math.max(from, text.length - 5); at -= 1) {
    if (text.charCodeAt(at) !== backslash) continue
    // The second of a pair is an escaped backslash.
    if (backslashesBefore(text, at, from) % 2 === 1) return text.length
    const length = text[at + 1] === 'u' ? 6 : 2
    return at + length > text.length ? at : text.length
  }
  return text.length
}

function backslashesBefore(text: string, end: number, from: number): number {
  let at = end
  while (at > from && text.charCodeAt(at - 1) === backslash) at -= 1
  return end - at
}
