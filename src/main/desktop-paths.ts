import { join } from 'node:path'

/** Where the parts of this program are. */
export interface DesktopPaths {
  readonly rendererDir: string
  readonly preloadFile: string
  /** The programs that the core starts. They are files that another process runs, so they are never inside the archive. */
  readonly programsDir: string
  /** A Node binary: Electron's own never runs a script (the RunAsNode fuse is off). */
  readonly nodePath: string
  readonly trayImages: string
}

/** What it depends on. */
export interface DesktopPlace {
  /** The folder of the running main bundle: `out/main`, inside the archive where the program is packaged. */
  readonly mainDir: string
  readonly isPackaged: boolean
  /** Electron's folder of resources; only looked at where the program is packaged. */
  readonly resourcesDir: string
  readonly platform: NodeJS.Platform
  readonly arch: string
  /** The Node of a checkout, from whoever started the program there. */
  readonly checkoutNode: string | undefined
}

/** Decides where everything is, in a checkout and in the installed program. Pure. */
export function desktopPaths(place: DesktopPlace): DesktopPaths {
  const { mainDir, isPackaged, resourcesDir, platform, arch, checkoutNode } = place
  const root = join(mainDir, '..', '..')
  const node = join('bin', platform === 'win32' ? 'node.exe' : 'node')
  const system = platform === 'win32' ? 'win' : platform
  return {
    rendererDir: join(root, 'out', 'renderer'),
    preloadFile: join(root, 'out', 'preload', 'preload.cjs'),
    programsDir: join(isPackaged ? `${root}.unpacked` : root, 'out', 'node'),
    nodePath: isPackaged
      ? join(resourcesDir, 'node', node)
      : (checkoutNode ?? join(root, 'node_modules', `node-${system}-${arch}`, node)),
    trayImages: join(root, 'assets', 'tray'),
  }
}
