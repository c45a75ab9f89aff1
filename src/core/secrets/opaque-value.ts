const uuid = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i

/** Shorter ones are names, versions and abbreviations far more often than credentials. */
const minOpaqueLength = 20

/** True for a UUID (RFC 9562), with or without its hyphens. */
export function isUuid(text: string): boolean {
  return uuid.test(text)
}

/**
 * True for a text of `minLength` (20) characters or more that no person would write: its letters, digits and cases alternate as in a
 * random text, and its Shannon entropy is high. Names made of words (`claude-sonnet-4-5-20250929`), versions and plain
 * numbers are not opaque. A UUID is, where it is written without hyphens.
 */
export function isOpaque(text: string, minLength: number = minOpaqueLength): boolean {
  if (text.length < minLength || !/^[A-Za-z0-9+/=_.~-]+$/.test(text)) return false
  const pieces = text.split(/[^A-Za-z0-9]+/).filter((piece) => piece !== '')
  const letters = pieces.join('')
  if (letters.length < minLength || !/[A-Za-z]/.test(letters)) return false
  // A run is what reads as one unit: Word, word, WORD or 123. A random text changes every two characters or so.
  const runs = pieces.reduce(
    (sum, piece) => sum + (piece.match(/[A-Z]?[a-z]+|[A-Z]+|\d+/g)?.length ?? 0),
    0,
  )
  return letters.length / runs < 3.2 && entropyBits(letters) >= 2.8
}

/** Shannon entropy of a text in bits per character. A random hexadecimal text has nearly 4, random base64 nearly 6. */
export function entropyBits(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) {
    const share = count / text.length
    bits -= share * Math.log2(share)
  }
  return bits
}
