/**
 * Where a key leads in a list of `count` items: the arrows by one, Page Up and Down by `page`, Home and End to the ends.
 * @param active the item that has the focus; -1 for none.
 * @returns null for any other key, and in an empty list.
 */
export function nextIndex(key: string, active: number, count: number, page: number): number | null {
  if (count === 0) return null
  const clamp = (index: number) => Math.min(count - 1, Math.max(0, index))
  switch (key) {
    case 'ArrowDown':
      return clamp(active + 1)
    case 'ArrowUp':
      return active < 0 ? count - 1 : clamp(active - 1)
    case 'PageDown':
      return clamp(Math.max(active, 0) + page)
    case 'PageUp':
      return clamp(active - page)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}

/**
 * The item that typed text leads to: the next one, round the end, whose label begins with it. One letter looks from the item
 * after the active one, so that typing it again goes on; more letters look from the active one.
 * @returns null when no label begins with it.
 */
export function typeAheadIndex(
  labels: readonly string[],
  active: number,
  typed: string,
): number | null {
  const wanted = typed.toLocaleLowerCase()
  const start = typed.length > 1 ? Math.max(active, 0) : active + 1
  for (let step = 0; step < labels.length; step += 1) {
    const index = (start + step) % labels.length
    if (labels[index]?.toLocaleLowerCase().startsWith(wanted) === true) return index
  }
  return null
}
