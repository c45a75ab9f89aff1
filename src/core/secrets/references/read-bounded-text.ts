/** Longest answer that is read, in bytes. */
const maxBytes = 1024 * 1024

/** The body of an answer as text. Rejects for more than 1 MB, without reading on. */
export async function readBoundedText(response: Response): Promise<string> {
  if (response.body === null) return ''
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body) {
    bytes += chunk.length
    if (bytes > maxBytes) throw new Error('The answer is larger than 1 MB.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
