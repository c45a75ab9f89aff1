/**
 * The row to which a key moves: arrows by one, Page keys by a page, Home and End to the ends; null for any other key. Pure.
 * @param pageRows how many rows a page is; at least one is taken.
 */
export function moveRow(key: string, from: number, count: number, pageRows: number): number | null {
  const page = Math.max(1, pageRows)
  switch (key) {
    case 'ArrowDown':
      return Math.min(from + 1, count - 1)
    case 'ArrowUp':
      return Math.max(from - 1, 0)
    case 'PageDown':
      return Math.min(from + page, count - 1)
    case 'PageUp':
      return Math.max(from - page, 0)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}
