import { AppError } from '../../shared/domain/errors.ts'

const maxRedirects = 5

/**
 * Fetches, and follows redirects within the origin that was asked, and from http to https of the same host. No other: it is this
 * origin that the headers and their secrets are for, and that a person chose; another one may be in the person's own network.
 * @throws AppError `unreachable` for a redirect elsewhere or without end, and what `fetch` throws.
 */
export async function fetchWithinOrigin(
  url: string | URL,
  init: RequestInit = {},
): Promise<Response> {
  let current = new URL(url)
  let request: RequestInit = { ...init, redirect: 'manual' }
  for (let followed = 0; ; followed += 1) {
    const response = await fetch(current, request)
    const target = redirectOf(response, current)
    if (target === null) return response
    await response.body?.cancel()
    if (!isWithin(current, target)) {
      throw new AppError('unreachable', {
        reason: `It redirects to ${target.origin}, which is another server. If that is the right one, give its address.`,
      })
    }
    if (followed === maxRedirects) {
      throw new AppError('unreachable', { reason: 'It redirects without end.' })
    }
    // As the Fetch standard has it ("HTTP-redirect fetch").
    const isPost = request.method?.toUpperCase() === 'POST'
    if (response.status === 303 || (isPost && response.status < 303)) {
      request = { ...request, method: 'GET', body: null }
    }
    current = target
  }
}

function redirectOf({ status, headers }: Response, from: URL): URL | null {
  const location = headers.get('location')
  if (![301, 302, 303, 307, 308].includes(status) || location === null) return null
  return URL.parse(location, from.href)
}

function isWithin(from: URL, to: URL): boolean {
  const isUpgrade =
    from.protocol === 'http:' && to.protocol === 'https:' && from.hostname === to.hostname
  return from.origin === to.origin || isUpgrade
}
