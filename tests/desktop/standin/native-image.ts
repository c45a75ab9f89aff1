import { readFileSync } from 'node:fs'
import type { CreateFromBufferOptions, ResizeOptions, Size } from 'electron'
import { StrictEmitter } from './strict.ts'

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Electron's NativeImage: the bytes of a PNG file. Anything else is an empty image, as what Electron cannot read is. */
export class NativeImage extends StrictEmitter {
  readonly #png: Buffer
  readonly #size: Size
  #isTemplate = false

  private constructor(png: Buffer, size = pngSize(png)) {
    super()
    this.#png = png
    this.#size = size
  }

  static createEmpty(): NativeImage {
    return new NativeImage(Buffer.alloc(0))
  }

  static createFromPath(file: string): NativeImage {
    try {
      return NativeImage.createFromBuffer(readFileSync(file))
    } catch {
      // Electron answers with an empty image for a file that is not there.
      return NativeImage.createEmpty()
    }
  }

  static createFromBuffer(buffer: Buffer, _options?: CreateFromBufferOptions): NativeImage {
    const isPng = buffer.subarray(0, pngSignature.length).equals(pngSignature)
    return isPng ? new NativeImage(buffer) : NativeImage.createEmpty()
  }

  static createFromDataURL(url: string): NativeImage {
    return NativeImage.createFromBuffer(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'))
  }

  isEmpty(): boolean {
    return this.#png.length === 0
  }

  getSize(): Size {
    return { ...this.#size }
  }

  toPNG(): Buffer {
    return Buffer.from(this.#png)
  }

  toDataURL(): string {
    return `data:image/png;base64,${this.#png.toString('base64')}`
  }

  /** The same picture, which says that it has the other size. */
  resize({ width = this.#size.width, height = this.#size.height }: ResizeOptions): NativeImage {
    return new NativeImage(this.#png, { width, height })
  }

  setTemplateImage(isTemplate: boolean): void {
    this.#isTemplate = isTemplate
  }

  isTemplateImage(): boolean {
    return this.#isTemplate
  }
}

/** Width and height stand in the header's first chunk: https://www.w3.org/TR/png-3/#11IHDR. */
function pngSize(png: Buffer): Size {
  if (png.length < 24) return { width: 0, height: 0 }
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) }
}
