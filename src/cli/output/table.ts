import { printable } from './terminal.ts'

/** Lines of a table with aligned columns; the last column is never padded, and nothing is cut. Empty without rows. */
export function tableLines(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  if (rows.length === 0) return []
  const cells = [head, ...rows].map((row) =>
    row.map((cell) => printable(cell).replaceAll('\n', ' ')),
  )
  const widths = head.map((_, column) =>
    Math.max(...cells.map((row) => (row[column] ?? '').length)),
  )
  return cells.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}
