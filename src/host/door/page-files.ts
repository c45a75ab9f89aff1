import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'

/** Only what this page itself is made of; no inline script, no eval, nothing from elsewhere. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  // Sound in the result of a tool.
  'media-src data:',
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The headers of every answer to the page, in a browser and in the window alike. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
}

/** What the built page consists of; nothing else is handed out. */
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

/** A file of the page. */
export interface PageFile {
  readonly body: Uint8Array<ArrayBuffer>
  readonly contentType: string
}

/**
 * Which file of the page a URL's path names, relative to the folder of the renderer with `/` between its parts; null where it
 * is none. A path that leaves the folder in whatever spelling, or that could name something else on some system, is none. Pure.
 */
export function pageFileOf(pathname: string): string | null {
  const decoded = decodePath(pathname)
  if (decoded === null || !decoded.startsWith('/')) return null
  const path = decoded === '/' ? 'index.html' : decoded.slice(1)
  const isPlain = path.split('/').every((part) => /^[\w@-][\w@.-]*$/.test(part))
  return isPlain && extname(path) in contentTypes ? path : null
}

/** Reads the file of the page that a URL's path names; null where there is none. */
export async function readPageFile(
  rendererDir: string,
  pathname: string,
): Promise<PageFile | null> {
  const path = pageFileOf(pathname)
  const contentType = path === null ? undefined : contentTypes[extname(path)]
  if (path === null || contentType === undefined) return null
  try {
    return { body: new Uint8Array(await readFile(join(rendererDir, path))), contentType }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return null
    throw error
  }
}

function decodePath(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    // A stray % is in no address of ours.
    return null
  }
}
