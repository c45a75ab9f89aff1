import { strictObject } from './strict.ts'

let text = ''

/** Electron's `clipboard`, of this process alone. */
export const clipboard = strictObject('clipboard', {
  async readText(): Promise<string> {
    return text
  },
  async writeText(written: string): Promise<void> {
    text = written
  },
  clear(): void {
    text = ''
  },
})
