import { strictObject } from './strict.ts'

/** Electron's `shell`: nothing is opened; the driver's recorder has seen what was asked for. */
export const shell = strictObject('shell', {
  async openExternal(url: string): Promise<void> {
    if (!URL.canParse(url)) throw new Error('Invalid URL')
  },
  async openPath(_path: string): Promise<string> {
    return ''
  },
  showItemInFolder(_path: string): void {},
  beep(): void {},
})
