/**
 * Chromium refuses to go to a scheme that it does not know, so `app://main/x` is `https://main.app.standin/x` in its pages.
 * The schemes are those that the application registers as privileged.
 */
const schemes = new Set<string>()

/** Makes a scheme one whose addresses are translated. */
export function translateScheme(scheme: string): void {
  schemes.add(scheme)
}

/** The address in Chromium of an address of the application. */
export function toPageAddress(url: string): string {
  return url.replace(
    /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i,
    (whole, scheme: string, host: string) =>
      schemes.has(scheme) ? `https://${host}.${scheme}.standin` : whole,
  )
}

/** The address that the application knows of an address (or origin) in Chromium. */
export function toAppAddress(url: string): string {
  return url.replace(
    /^https:\/\/([^/?#]*)\.([a-z][a-z0-9+-]*)\.standin(?=[/?#]|$)/i,
    (whole, host: string, scheme: string) => (schemes.has(scheme) ? `${scheme}://${host}` : whole),
  )
}

/** The origin of an address of the application, as Electron writes it: `app://main`. */
export function originOf(url: string): string {
  if (!URL.canParse(url)) return 'null'
  const { origin, protocol, host } = new URL(url)
  return origin === 'null' && schemes.has(protocol.slice(0, -1)) ? `${protocol}//${host}` : origin
}
