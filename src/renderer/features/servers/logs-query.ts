/** The query of the Logs page that shows one server. Pure. */
export function logsQueryOf(name: string): string {
  return /^[\w.@/-]+$/.test(name) ? `server:${name}` : `server:"${name.replaceAll('"', '\\"')}"`
}
