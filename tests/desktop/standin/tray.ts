import type { Menu as ElectronMenu, NativeImage as ElectronNativeImage } from 'electron'
import type { Menu } from './menu.ts'
import { NativeImage } from './native-image.ts'
import { runtime } from './runtime.ts'
import { StrictEmitter } from './strict.ts'

type Image = NativeImage | ElectronNativeImage | string

/** Electron's Tray. What it shows is what the driver's recorder has seen it being told. */
export class Tray extends StrictEmitter {
  #isDestroyed = false
  #title = ''

  constructor(image: Image) {
    super()
    runtime.assertReady('Tray')
    assertImage(image)
  }

  setImage(image: Image): void {
    this.#assertAlive()
    assertImage(image)
  }

  setToolTip(_toolTip: string): void {
    this.#assertAlive()
  }

  setTitle(title: string): void {
    this.#assertAlive()
    this.#title = title
  }

  getTitle(): string {
    return this.#title
  }

  setContextMenu(_menu: Menu | ElectronMenu | null): void {
    this.#assertAlive()
  }

  popUpContextMenu(): void {
    this.#assertAlive()
  }

  setIgnoreDoubleClickEvents(_isIgnored: boolean): void {
    this.#assertAlive()
  }

  destroy(): void {
    this.#isDestroyed = true
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  #assertAlive(): void {
    if (this.#isDestroyed) throw new Error('Tray is destroyed')
  }
}

/** Electron throws for a file that is no image. */
function assertImage(image: Image): void {
  if (typeof image !== 'string' || !NativeImage.createFromPath(image).isEmpty()) return
  throw new Error(`Failed to load image from path '${image}'`)
}
