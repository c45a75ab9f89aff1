import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

const electronFolder = path.join(import.meta.dirname, '../../node_modules/electron')

/** The two ways to run a desktop application. */
export type DriverName = 'electron' | 'stand-in'

/** Which driver runs the application, and why. */
export interface DriverChoice {
  readonly driver: DriverName
  readonly why: string
}

/** Electron where its runtime is installed, else the stand-in. `DESKTOP_DRIVER` names one; throws where it names none. */
export function chooseDriver(): DriverChoice {
  const named = process.env['DESKTOP_DRIVER']
  if (named === 'electron' || named === 'stand-in') {
    return { driver: named, why: 'DESKTOP_DRIVER says so' }
  }
  if (named !== undefined) throw new Error(`DESKTOP_DRIVER is electron or stand-in, not ${named}`)
  return electronExecutable() !== null
    ? { driver: 'electron', why: "Electron's runtime is installed" }
    : { driver: 'stand-in', why: "Electron's runtime is not installed" }
}

/** Electron's executable, whose name its installer writes into a file; null where it is not installed. */
export function electronExecutable(): string | null {
  const name = path.join(electronFolder, 'path.txt')
  if (!existsSync(name)) return null
  const executable = path.join(electronFolder, 'dist', readFileSync(name, 'utf8'))
  return existsSync(executable) ? executable : null
}
