import { StrictEmitter } from './strict.ts'
import { hostOf, WebContents } from './web-contents.ts'

/** The class of `nativeTheme`. */
export class NativeTheme extends StrictEmitter {
  #source: 'system' | 'light' | 'dark' = 'system'

  /** The system of the stand-in is light. */
  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark'
  }

  get themeSource(): 'system' | 'light' | 'dark' {
    return this.#source
  }

  set themeSource(source: 'system' | 'light' | 'dark') {
    this.#source = source
    const value = source === 'system' ? '' : source
    for (const contents of WebContents.getAllWebContents()) {
      contents[hostOf].send('Emulation.setEmulatedMedia', {
        features: [{ name: 'prefers-color-scheme', value }],
      })
    }
    this.emit('updated')
  }
}

/** Electron's `nativeTheme`. */
export const nativeTheme = new NativeTheme()
