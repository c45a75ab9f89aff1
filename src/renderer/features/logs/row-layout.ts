/** The height of a row, in px. */
export const rowHeight = 24

/** Where rows stand: all are equally high, and a few have details below them. Offsets are in px from the first row. */
export interface RowLayout {
  readonly firstId: number
  readonly endId: number
  /** Rows with details and how high those are, by id. */
  readonly details: readonly { readonly id: number; readonly height: number }[]
}

/** The top of a row; for one that is not there, the nearest end. Pure. */
export function offsetOf({ firstId, endId, details }: RowLayout, id: number): number {
  const at = Math.min(Math.max(id, firstId), endId)
  let offset = (at - firstId) * rowHeight
  for (const detail of details) {
    if (detail.id >= firstId && detail.id < at) offset += detail.height
  }
  return offset
}

/** The height of all rows. Pure. */
export function totalHeight(layout: RowLayout): number {
  return offsetOf(layout, layout.endId)
}

/** The row that covers an offset, details included; the nearest one beyond the ends. Pure. */
export function idAt(layout: RowLayout, offset: number): number {
  const { firstId, endId, details } = layout
  let passed = 0
  for (const { id, height } of details) {
    if (id < firstId || id >= endId) continue
    const top = (id - firstId) * rowHeight + passed
    if (offset < top + rowHeight) break
    if (offset < top + rowHeight + height) return id
    passed += height
  }
  const id = firstId + Math.floor((offset - passed) / rowHeight)
  return Math.min(Math.max(id, firstId), Math.max(firstId, endId - 1))
}
