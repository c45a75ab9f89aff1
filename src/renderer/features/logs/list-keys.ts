/** What a key does in the list of lines. */
export type ListAction =
  /** `extends`: the selection grows up to there. */
  | { readonly type: 'move'; readonly to: number; readonly extends: boolean }
  | { readonly type: 'follow' }
  | { readonly type: 'expand' }
  | { readonly type: 'collapse' }
  | { readonly type: 'toggle' }
  | { readonly type: 'copy' }

/** Where the list stands. */
export interface ListPlace {
  /** The row that keys act on; null: none yet. */
  readonly active: number | null
  /** The last row that is on the screen. */
  readonly lastShown: number
  readonly firstId: number
  readonly endId: number
  /** How many rows a page is. */
  readonly page: number
}

/** What of a keyboard event counts. */
export interface ListKey {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/** What a key does; null: nothing here. Pure. */
export function actionOf(press: ListKey, place: ListPlace): ListAction | null {
  const { active, lastShown, firstId, endId, page } = place
  if (press.altKey || endId === firstId) return null
  const isMod = press.ctrlKey || press.metaKey
  if (isMod) return press.key.toLowerCase() === 'c' && active !== null ? { type: 'copy' } : null
  const move = (to: number): ListAction => ({
    type: 'move',
    to: Math.min(Math.max(to, firstId), endId - 1),
    extends: press.shiftKey,
  })
  // Before any row was chosen, keys start from what is seen.
  const from = active ?? lastShown + (press.key === 'ArrowUp' || press.key === 'PageUp' ? 1 : -1)
  switch (press.key) {
    case 'ArrowUp':
      return move(from - 1)
    case 'ArrowDown':
      return move(from + 1)
    case 'PageUp':
      return move(from - page)
    case 'PageDown':
      return move(from + page)
    case 'Home':
      return move(firstId)
    case 'End':
      return press.shiftKey ? move(endId - 1) : { type: 'follow' }
    case 'ArrowRight':
      return active === null ? null : { type: 'expand' }
    case 'ArrowLeft':
    case 'Escape':
      return active === null ? null : { type: 'collapse' }
    case 'Enter':
    case ' ':
      return active === null ? null : { type: 'toggle' }
    default:
      return null
  }
}
