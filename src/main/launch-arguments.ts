import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { linkScheme } from './deep-link.ts'

/** What a start of the program was asked for. */
export interface LaunchArguments {
  /** Stay in the tray, without a window: how the program starts when the person logs in. */
  readonly isHidden: boolean
  /** Links of our own scheme, as they were given. */
  readonly links: readonly string[]
  /** Files to open; absolute paths. */
  readonly files: readonly string[]
}

/** So many links and files are looked at; a person opens one or a few. */
const maxThings = 10

/**
 * Reads the arguments of a start, its program and script not included. Options that are not ours are Chromium's or somebody
 * else's attempt, and mean nothing here. Pure.
 * @param cwd the directory that relative paths begin from.
 */
export function readLaunchArguments(args: readonly string[], cwd: string): LaunchArguments {
  const things = args.filter((arg) => arg !== '' && !arg.startsWith('-')).slice(0, maxThings)
  return {
    isHidden: args.includes('--hidden'),
    links: things.filter(isLink),
    files: things.filter((thing) => !isLink(thing)).map((thing) => pathOf(thing, cwd)),
  }
}

/** Desktops name a file of this machine by its URL (Desktop Entry Specification, `%U`); one of another machine is no path here. */
function pathOf(thing: string, cwd: string): string {
  const url = thing.startsWith('file:///') ? URL.parse(thing) : null
  try {
    return url === null ? resolve(cwd, thing) : fileURLToPath(url)
  } catch {
    // An encoded slash, or no drive on Windows: there is no such file, which whoever reads it will say.
    return resolve(cwd, thing)
  }
}

function isLink(text: string): boolean {
  return text.toLowerCase().startsWith(`${linkScheme}:`)
}
