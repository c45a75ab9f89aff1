import { homedir, tmpdir } from 'node:os'
import path from 'node:path'

/** The folders of `app.getPath`, as Electron has them on Linux. */
export class AppPaths {
  readonly #set = new Map<string, string>()
  readonly #appFolder: string

  constructor(appFolder: string) {
    this.#appFolder = appFolder
  }

  /** The folder of a name; throws for a name that Electron does not know. */
  get(name: string, appName: string): string {
    const set = this.#set.get(name)
    if (set !== undefined) return set
    switch (name) {
      case 'home':
        return homedir()
      case 'temp':
        return tmpdir()
      case 'appData':
        return process.env['XDG_CONFIG_HOME'] ?? path.join(homedir(), '.config')
      case 'userData':
        return path.join(this.get('appData', appName), appName)
      case 'sessionData':
        return this.get('userData', appName)
      case 'logs':
        return path.join(this.get('userData', appName), 'logs')
      case 'exe':
        return process.execPath
      case 'module':
        return this.#appFolder
      case 'desktop':
      case 'documents':
      case 'downloads':
        return path.join(homedir(), `${name.charAt(0).toUpperCase()}${name.slice(1)}`)
      default:
        throw new Error(`Failed to get '${name}' path`)
    }
  }

  /** Electron's `app.setPath`. */
  set(name: string, folder: string): void {
    if (!path.isAbsolute(folder)) throw new Error('Path must be absolute')
    this.#set.set(name, folder)
  }
}
