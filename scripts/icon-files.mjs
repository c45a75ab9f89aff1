/**
 * @typedef {{ size: number, png: Uint8Array }} Picture
 *   A square PNG of that many pixels a side.
 */

/**
 * The types of icns that hold a PNG, by pixels. A size may stand for two: 32 is also 16 at two pixels a point.
 * @type {Readonly<Record<number, readonly string[]>>}
 */
const icnsTypes = {
  16: ['icp4'],
  32: ['icp5', 'ic11'],
  64: ['icp6', 'ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
}

/**
 * Apple's icon file: a header, then each picture behind its type and length.
 * @param {readonly Picture[]} pictures of sizes that the format has
 * @returns {Buffer}
 */
export function encodeIcns(pictures) {
  const entries = pictures.flatMap(({ size, png }) => {
    const types = icnsTypes[size]
    if (types === undefined) throw new Error(`icns has no picture of ${size} pixels`)
    return types.map((type) => Buffer.concat([chunkHead(type, png.length), png]))
  })
  const body = Buffer.concat(entries)
  return Buffer.concat([chunkHead('icns', body.length), body])
}

/**
 * @param {string} type four letters
 * @param {number} length of what follows
 */
function chunkHead(type, length) {
  const head = Buffer.alloc(8)
  head.write(type, 'ascii')
  head.writeUInt32BE(length + head.length, 4)
  return head
}

/**
 * Windows' icon file: a directory of the pictures, then the pictures, as PNG (Windows Vista and later).
 * @param {readonly Picture[]} pictures of at most 256 pixels a side
 * @returns {Buffer}
 */
export function encodeIco(pictures) {
  const head = Buffer.alloc(6)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let offset = head.length + 16 * pictures.length
  const directory = pictures.map(({ size, png }) => {
    if (size > 256) throw new Error(`ico has no picture of ${size} pixels`)
    const entry = Buffer.alloc(16)
    // 256 is written as 0.
    entry.writeUInt8(size % 256, 0)
    entry.writeUInt8(size % 256, 1)
    entry.writeUInt16LE(1, 4)
    entry.writeUInt16LE(32, 6)
    entry.writeUInt32LE(png.length, 8)
    entry.writeUInt32LE(offset, 12)
    offset += png.length
    return entry
  })
  return Buffer.concat([head, ...directory, ...pictures.map(({ png }) => png)])
}
