import { useHostInfo } from './host-info.ts'

/** A path with `~` in place of the person's home folder, as a person writes it. Pure. */
export function shortPath(path: string, homeDir: string): string {
  if (homeDir === '' || homeDir === '/') return path
  if (path === homeDir) return '~'
  const isBelow = path.startsWith(homeDir) && /[/\\]/.test(path.charAt(homeDir.length))
  return isBelow ? `~${path.slice(homeDir.length)}` : path
}

/** Shortens paths by the home folder of the host. */
export function useShortPath(): (path: string) => string {
  const homeDir = useHostInfo((state) => state.info?.homeDir ?? '')
  return (path) => shortPath(path, homeDir)
}
