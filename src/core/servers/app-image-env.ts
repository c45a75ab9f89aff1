/** What the runtime of an AppImage says about itself. */
const ofRuntime = ['APPDIR', 'APPIMAGE', 'ARGV0', 'OWD']

/**
 * An environment as it was before an AppImage started: its launcher puts folders of the image first in PATH, LD_LIBRARY_PATH
 * and the like, in which servers would find the libraries of a mount that is not theirs. Pure.
 */
export function withoutAppImage(
  env: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const mount = env['APPDIR']
  // APPDIR alone may be anybody's; the runtime sets both.
  if (mount === undefined || mount === '' || env['APPIMAGE'] === undefined) return env
  const result: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    if (ofRuntime.includes(name)) continue
    const entries = value.split(':')
    const kept = entries.filter((entry) => entry !== mount && !entry.startsWith(`${mount}/`))
    if (kept.length === entries.length) result[name] = value
    else if (kept.length > 0) result[name] = kept.join(':')
  }
  return result
}
