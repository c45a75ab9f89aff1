/** The longest text of a log line, in bytes of UTF-8. */
export const maxLineBytes = 64 * 1024

/** Room for the marker that says how much was cut. */
const markerBytes = 64

/**
 * A text of at most 64 KiB of UTF-8. A longer one is cut between two characters and ends in ` [cut: N bytes more]`.
 * @param alreadyCutBytes how many bytes were left out before, and are counted in N.
 */
export function boundedText(text: string, alreadyCutBytes = 0): string {
  // No UTF-16 unit takes more than three bytes: most lines need no counting.
  const fits = text.length * 3 <= maxLineBytes || Buffer.byteLength(text) <= maxLineBytes
  if (fits && alreadyCutBytes === 0) return text
  // No unit takes less than a byte, so this much holds all that is kept: an answer of 20 MB is not copied for its head.
  const bytes = Buffer.from(text.slice(0, maxLineBytes))
  const kept = keptBytes(bytes, maxLineBytes - markerBytes)
  const cut = Buffer.byteLength(text) - kept + alreadyCutBytes
  return `${bytes.toString('utf8', 0, kept)} [cut: ${cut} bytes more]`
}

/** The largest length of at most `limit` bytes that does not cut a UTF-8 sequence in two. */
export function keptBytes(bytes: Uint8Array, limit: number): number {
  if (bytes.length <= limit) return bytes.length
  let end = limit
  // A byte of the form 10xxxxxx goes on with a sequence; a sequence has at most three of them.
  while (end > limit - 4 && end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return end
}
