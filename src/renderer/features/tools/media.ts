/** How many bytes a base64 text holds. Pure. */
export function base64Bytes(text: string): number {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  return Math.max(0, Math.floor((text.length * 3) / 4) - padding)
}

/** The bytes of a base64 text (RFC 4648, also its URL-safe alphabet). Throws where it is none. Pure. */
export function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(plain, (character) => character.charCodeAt(0))
}

/** What to call a file that holds a resource: the last part of its address, without what a file name may not have. Pure. */
export function fileNameOf(uri: string): string {
  const path = uri.replace(/[?#].*$/, '').replace(/\/+$/, '')
  const last = path.slice(path.lastIndexOf('/') + 1)
  const name = Array.from(last)
    .filter((character) => character >= ' ')
    .join('')
  return name.replaceAll(/[\\/:*?"<>|]/g, '_').replace(/^\.+/, '') || 'resource'
}
