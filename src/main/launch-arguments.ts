import { resolve } from 'node:path'
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
    files: things.filter((thing) => !isLink(thing)).map((path) => resolve(cwd, path)),
  }
}

function isLink(text: string): boolean {
  return text.toLowerCase().startsWith(`${linkScheme}:`)
}
