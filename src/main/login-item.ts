import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { app } from 'electron'
import { autostartEntry, autostartFile, isAutostartOn, programToStart } from './autostart-entry.ts'

/** The start of this program when the person logs in, hidden in the tray. */
export interface LoginItem {
  /** Whether it is set, as the system says: a person can change it there, too. */
  readonly isOn: () => Promise<boolean>
  readonly set: (on: boolean) => Promise<void>
  /** Whether it started this run. Only macOS says it so; elsewhere the arguments do. */
  readonly hasStartedUs: () => boolean
}

/** What a start at login runs. */
const hiddenArgs = ['--hidden']

/** The login item of this system: Electron's on macOS and Windows, an XDG autostart entry on Linux. */
export function createLoginItem(env: NodeJS.ProcessEnv, homeDir: string): LoginItem {
  if (process.platform !== 'linux') {
    return {
      isOn: async () => app.getLoginItemSettings({ args: hiddenArgs }).openAtLogin,
      set: async (on) => app.setLoginItemSettings({ openAtLogin: on, args: hiddenArgs }),
      hasStartedUs: () => app.getLoginItemSettings().wasOpenedAtLogin,
    }
  }
  const configured = env['XDG_CONFIG_HOME']
  const folder =
    configured === undefined || configured === '' ? join(homeDir, '.config') : configured
  const file = join(folder, 'autostart', autostartFile)
  const program = programToStart(env, process.execPath)
  const script = app.isPackaged ? [] : [app.getAppPath()]
  return {
    isOn: async () => {
      const text = await readIfThere(file)
      return text !== null && isAutostartOn(text)
    },
    hasStartedUs: () => false,
    set: async (on) => {
      if (!on) return await rm(file, { force: true })
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, autostartEntry(app.getName(), [program, ...script, ...hiddenArgs]))
    },
  }
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
