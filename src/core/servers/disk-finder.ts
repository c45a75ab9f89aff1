import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import type { CommandFinder } from './resolve-command.ts'

/** This machine's files, for `resolveCommand`. */
export const diskFinder: CommandFinder = {
  platform: process.platform,
  isFile: (path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true,
  isExecutable: (path) => {
    try {
      accessSync(path, constants.X_OK)
      return statSync(path).isFile()
    } catch {
      return false
    }
  },
  readText: (path) => {
    try {
      return readFileSync(path, 'utf8')
    } catch {
      return undefined
    }
  },
}
