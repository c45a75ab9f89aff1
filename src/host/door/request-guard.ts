/** What a request says about where it comes from and what it asks for. */
export interface RequestOrigin {
  readonly host: string | undefined
  readonly origin: string | undefined
}

/** Names under which the loopback interface can be asked for. */
const loopbackNames = ['127.0.0.1', 'localhost', '[::1]']

/**
 * Whether a request may be looked at at all. `Host` must name the loopback interface and this very port, or a page of
 * another site could reach the host through a name that it points here (DNS rebinding, CVE-2025-66414). `Origin`, where a
 * browser sends one, must be this very endpoint.
 */
export function isLocalRequest(request: RequestOrigin, port: number): boolean {
  const hosts = loopbackNames.map((name) => `${name}:${port}`)
  if (request.host === undefined || !hosts.includes(request.host.toLowerCase())) return false
  return request.origin === undefined || isOwnOrigin(request.origin, port)
}

/** True for an origin (RFC 6454) of this endpoint. */
export function isOwnOrigin(origin: string, port: number): boolean {
  return loopbackNames.some((name) => origin.toLowerCase() === `http://${name}:${port}`)
}
