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

/** No page of documentation has a longer address. */
const maxLength = 2_048
/** Pages of sign-ins carry scopes and signed requests in theirs. */
const maxSignInLength = 8_192

/**
 * The address as it may be handed to the person's browser; null for every other kind: a scheme is a way to start a program
 * (CVE-2025-6514), and only these two start a browser. Pure.
 */
export function externalAddress(address: string): string | null {
  const url = URL.parse(address)
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null
  return url.href.length <= (isSignIn(url) ? maxSignInLength : maxLength) ? url.href : null
}

/** Whether it is an authorization request as this program writes them (RFC 6749 section 4.1.1, RFC 7636). */
function isSignIn({ searchParams }: URL): boolean {
  return searchParams.get('response_type') === 'code' && searchParams.has('code_challenge')
}
