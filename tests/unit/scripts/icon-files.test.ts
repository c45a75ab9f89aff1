import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { encodeIcns, encodeIco } from '../../../scripts/icon-files.mjs'

const assets = join(import.meta.dirname, '../../../assets')
const png = Uint8Array.from([1, 2, 3])

describe('encodeIcns', () => {
  it('refuses a size that the format does not have', () => {
    expect(() => encodeIcns([{ size: 20, png }])).toThrow('20 pixels')
  })

  it('counts each head in the lengths', () => {
    const file = encodeIcns([{ size: 1024, png }])
    expect(file.toString('latin1')).toBe('icns\0\0\0\x13ic10\0\0\0\x0b\x01\x02\x03')
  })
})

describe('encodeIco', () => {
  it('refuses a picture of more than 256 pixels', () => {
    expect(() => encodeIco([{ size: 512, png }])).toThrow('512 pixels')
  })

  it('writes 256 as 0 and the offsets from the start of the file', () => {
    const file = encodeIco([
      { size: 256, png },
      { size: 16, png },
    ])
    expect([file[6], file[22]]).toEqual([0, 16])
    expect(file.readUInt32LE(18)).toBe(38)
    expect(file.subarray(file.readUInt32LE(34))).toEqual(Buffer.from(png))
  })
})

describe('the icons in assets', () => {
  it('has for macOS every size that the system asks for, each a PNG of that size', () => {
    expect(icnsPictures(readFileSync(join(assets, 'icon.icns')))).toEqual({
      icp4: 16,
      icp5: 32,
      ic11: 32,
      icp6: 64,
      ic12: 64,
      ic07: 128,
      ic08: 256,
      ic13: 256,
      ic09: 512,
      ic14: 512,
      ic10: 1024,
    })
  })

  it('has for Windows the sizes of its scales, each a PNG of that size', () => {
    expect(icoPictures(readFileSync(join(assets, 'icon.ico')))).toEqual([
      16, 20, 24, 32, 40, 48, 64, 256,
    ])
  })

  it.each(['ok', 'attention', 'broken'])('has the tray image %s for each system', (state) => {
    const read = (name: string) => readFileSync(join(assets, 'tray', name))
    expect({
      colour: [pngSize(read(`${state}.png`)), pngSize(read(`${state}@2x.png`))],
      template: [pngSize(read(`${state}Template.png`)), pngSize(read(`${state}Template@2x.png`))],
      windows: icoPictures(read(`${state}.ico`)),
    }).toEqual({ colour: [24, 48], template: [16, 32], windows: [16, 20, 24, 32] })
  })

  it.each([16, 24, 32, 48, 64, 128, 256, 512])('has the Linux icon of %i pixels', (size) => {
    expect(pngSize(readFileSync(join(assets, 'icons', `${size}x${size}.png`)))).toBe(size)
  })
})

/** The width of a square PNG, from its header. */
function pngSize(file: Buffer): number {
  expect(file.subarray(1, 4).toString('latin1')).toBe('PNG')
  const width = file.readUInt32BE(16)
  expect(file.readUInt32BE(20)).toBe(width)
  return width
}

function icnsPictures(file: Buffer): Record<string, number> {
  expect(file.readUInt32BE(4)).toBe(file.length)
  const sizes: Record<string, number> = {}
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
    sizes[file.subarray(at, at + 4).toString('latin1')] = pngSize(file.subarray(at + 8))
  }
  return sizes
}

function icoPictures(file: Buffer): number[] {
  return Array.from({ length: file.readUInt16LE(4) }, (_, index) => {
    const entry = 6 + 16 * index
    const size = pngSize(file.subarray(file.readUInt32LE(entry + 12)))
    expect(file.readUInt8(entry)).toBe(size % 256)
    return size
  })
}
