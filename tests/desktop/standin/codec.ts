/** A value as JSON can carry it: what structured clone carries, and nothing more. */
export type Encoded = string | number | boolean | null | Tagged

type Tagged =
  | { readonly t: 'undefined' }
  | { readonly t: 'number' | 'bigint' | 'date'; readonly v: string }
  | { readonly t: 'regexp'; readonly v: string; readonly flags: string }
  | { readonly t: 'error'; readonly name: string; readonly v: string; readonly stack: string }
  | { readonly t: 'bytes'; readonly kind: string; readonly v: string }
  | { readonly t: 'array' | 'set'; readonly v: readonly Encoded[] }
  | { readonly t: 'map'; readonly v: readonly (readonly [Encoded, Encoded])[] }
  | { readonly t: 'object'; readonly v: readonly (readonly [string, Encoded])[] }
  /** The port at this place of the transferred ones. */
  | { readonly t: 'port'; readonly v: number }
  /** The object that was the nth one to be met: cycles and shared parts stay what they are. */
  | { readonly t: 'same'; readonly v: number }

const viewKinds = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
}
const errorKinds = {
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
}

/**
 * Encodes a value with the same bounds as structured clone: a function, a symbol, or an object of the host throws.
 * Used in Node and in the page.
 *
 * @param ports the objects that are transferred; each is replaced by its place in this list
 */
export function encode(value: unknown, ports: readonly object[] = []): Encoded {
  return encodeValue(value, ports, new Map())
}

/** The reverse of `encode`. @param ports what takes the place of the transferred ones */
export function decode(encoded: Encoded, ports: readonly object[] = []): unknown {
  return decodeValue(encoded, ports, [])
}

function encodeValue(value: unknown, ports: readonly object[], seen: Map<object, number>): Encoded {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      if (Object.is(value, -0)) return { t: 'number', v: '-0' }
      return Number.isFinite(value) ? value : { t: 'number', v: String(value) }
    case 'undefined':
      return { t: 'undefined' }
    case 'bigint':
      return { t: 'bigint', v: String(value) }
    case 'object':
      return value === null ? null : encodeObject(value, ports, seen)
    default:
      throw new Error('An object could not be cloned.')
  }
}

function encodeObject(value: object, ports: readonly object[], seen: Map<object, number>): Encoded {
  const port = ports.indexOf(value)
  if (port >= 0) return { t: 'port', v: port }
  const place = seen.get(value)
  if (place !== undefined) return { t: 'same', v: place }
  seen.set(value, seen.size)
  const each = (part: unknown): Encoded => encodeValue(part, ports, seen)
  if (Array.isArray(value)) return { t: 'array', v: value.map(each) }
  if (value instanceof Date) return { t: 'date', v: String(value.getTime()) }
  if (value instanceof RegExp) return { t: 'regexp', v: value.source, flags: value.flags }
  if (value instanceof Set) return { t: 'set', v: [...value].map(each) }
  if (value instanceof Map) return { t: 'map', v: [...value].map(([k, v]) => [each(k), each(v)]) }
  if (value instanceof Error) {
    return { t: 'error', name: value.name, v: value.message, stack: value.stack ?? '' }
  }
  if (value instanceof ArrayBuffer) {
    return { t: 'bytes', kind: 'ArrayBuffer', v: toBase64(new Uint8Array(value)) }
  }
  const tag = Object.prototype.toString.call(value).slice(8, -1)
  if (ArrayBuffer.isView(value)) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    return { t: 'bytes', kind: tag, v: toBase64(bytes) }
  }
  if (tag !== 'Object') throw new Error('An object could not be cloned.')
  return { t: 'object', v: Object.entries(value).map(([key, part]) => [key, each(part)]) }
}

function decodeValue(encoded: Encoded, ports: readonly object[], seen: object[]): unknown {
  if (encoded === null || typeof encoded !== 'object') return encoded
  const keep = <T extends object>(object: T): T => {
    seen.push(object)
    return object
  }
  const each = (part: Encoded): unknown => decodeValue(part, ports, seen)
  switch (encoded.t) {
    case 'undefined':
      return undefined
    case 'number':
      return Number(encoded.v)
    case 'bigint':
      return BigInt(encoded.v)
    case 'port':
      return ports[encoded.v]
    case 'same':
      return seen[encoded.v]
    case 'date':
      return keep(new Date(Number(encoded.v)))
    case 'regexp':
      return keep(new RegExp(encoded.v, encoded.flags))
    case 'bytes':
      return keep(decodeBytes(encoded.kind, encoded.v))
    case 'error': {
      const { name, v, stack } = encoded
      const Kind = Object.entries(errorKinds).find(([key]) => key === name)?.[1] ?? Error
      return keep(Object.assign(new Kind(v), { stack }))
    }
    case 'array': {
      const array = keep<unknown[]>([])
      for (const part of encoded.v) array.push(each(part))
      return array
    }
    case 'set': {
      const set = keep(new Set<unknown>())
      for (const part of encoded.v) set.add(each(part))
      return set
    }
    case 'map': {
      const map = keep(new Map<unknown, unknown>())
      for (const [key, part] of encoded.v) map.set(each(key), each(part))
      return map
    }
    case 'object': {
      const object = keep({})
      for (const [key, part] of encoded.v) {
        Object.defineProperty(object, key, {
          value: each(part),
          enumerable: true,
          configurable: true,
          writable: true,
        })
      }
      return object
    }
  }
}

function decodeBytes(kind: string, base64: string): object {
  const { buffer } = fromBase64(base64)
  if (kind === 'ArrayBuffer') return buffer
  if (kind === 'DataView') return new DataView(buffer)
  const View = Object.entries(viewKinds).find(([key]) => key === kind)?.[1]
  if (View === undefined) throw new Error(`Electron stand-in: ${kind} is not implemented`)
  return new View(buffer)
}

/** As many bytes as one call can take as arguments. */
const chunkBytes = 0x8000

function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    text += String.fromCharCode(...bytes.subarray(start, start + chunkBytes))
  }
  return btoa(text)
}

function fromBase64(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}
