/** The scheme of the window's page. Its one host stands for the built renderer. */
export const pageScheme = 'app'
const pageHost = 'main'

/** Where the window's page is. */
export const pageUrl = `${pageScheme}://${pageHost}/`

/** True for an address of the window's own page. Pure. */
export function isOwnPage(address: string): boolean {
  const url = URL.parse(address)
  return (
    url !== null &&
    url.protocol === `${pageScheme}:` &&
    url.host === pageHost &&
    url.username === '' &&
    url.password === ''
  )
}

/** Pages of sign-ins carry signed requests in their addresses; what is longer than this is neither one of them nor documentation. */
const maxExternalLength = 8_192

/**
 * The address as it may be handed to the person's browser; null for every other kind: a scheme is a way to start a program
 * (CVE-2025-6514), and only these two start a browser. Pure.
 */
export function externalAddress(address: string): string | null {
  const url = URL.parse(address)
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null
  return url.href.length <= maxExternalLength ? url.href : null
}
