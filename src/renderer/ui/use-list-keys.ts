import * as React from 'react'
import { nextIndex, typeAheadIndex } from './list-keys.ts'

/** What a list says about itself. */
export interface ListKeysOptions {
  readonly count: number
  /** The item that Tab leads to; -1: the first one. */
  readonly active: number
  /** The focus goes to another item: by a key, or by the pointer. */
  readonly onActive: (index: number) => void
  /** Enter or Space on an item. */
  readonly onOpen?: ((index: number, event: React.KeyboardEvent) => void) | undefined
  /** The names of the items, for typing ahead; without them letters stay free for shortcuts. */
  readonly labels?: readonly string[] | undefined
  /** Brings an item into a virtual list, so that it can take the focus. */
  readonly scrollTo?: ((index: number) => void) | undefined
  /** How many items Page Up and Down pass; 10 by default. */
  readonly page?: number | undefined
}

/** What the list and its items take. */
export interface ListKeys {
  /** For the element that holds the items. */
  readonly list: {
    readonly onKeyDown: (event: React.KeyboardEvent) => void
  }
  /** For the item at an index: focusable, and found again by the list. */
  readonly item: (index: number) => {
    readonly tabIndex: 0 | -1
    readonly 'data-list-index': number
    readonly onFocus: (event: React.FocusEvent) => void
  }
}

/** How long typed letters belong together, in milliseconds. */
const typeAheadMs = 600

/**
 * The keys of a list or table: one stop for Tab, then arrows, Page Up and Down, Home and End move the focus from item to
 * item. Keys that go to a control inside an item stay with it, except for the vertical arrows of a button.
 */
export function useListKeys(options: ListKeysOptions): ListKeys {
  const { count, active, onActive, onOpen, labels, scrollTo, page = 10 } = options
  const wanted = React.useRef<{ readonly list: Element; readonly index: number } | null>(null)
  const typed = React.useRef({ text: '', at: 0 })

  React.useEffect(() => {
    const target = wanted.current
    if (target === null) return
    // A virtual list renders the item only after it has scrolled there.
    const frame = requestAnimationFrame(() => {
      if (focusItem(target.list, target.index)) wanted.current = null
    })
    return () => cancelAnimationFrame(frame)
  })

  const goTo = (list: Element, index: number) => {
    scrollTo?.(index)
    onActive(index)
    // Focused at once where it can be: a key that is held down must not outrun the focus.
    wanted.current = focusItem(list, index) ? null : { list, index }
  }

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return
    const target = event.target
    if (!(target instanceof HTMLElement)) return
    const onItem = target.dataset['listIndex'] !== undefined
    const isArrow = event.key === 'ArrowDown' || event.key === 'ArrowUp'
    if (!onItem && !(isArrow && target.matches('button') && !target.matches('[aria-haspopup]'))) {
      return
    }
    if (event.key === 'Enter' || event.key === ' ') {
      if (onOpen === undefined || active < 0) return
      event.preventDefault()
      onOpen(active, event)
      return
    }
    let next = nextIndex(event.key, active, count, page)
    if (next === null && labels !== undefined && event.key.length === 1) {
      const now = event.timeStamp
      const goesOn = now - typed.current.at < typeAheadMs
      typed.current = { text: (goesOn ? typed.current.text : '') + event.key, at: now }
      next = typeAheadIndex(labels, active, typed.current.text)
    }
    if (next === null) return
    event.preventDefault()
    goTo(event.currentTarget, next)
  }

  return {
    list: { onKeyDown },
    item: (index) => ({
      tabIndex: index === Math.max(0, active) ? 0 : -1,
      'data-list-index': index,
      onFocus: (event) => {
        if (event.target === event.currentTarget && index !== active) onActive(index)
      },
    }),
  }
}

function focusItem(list: Element, index: number): boolean {
  const item = list.querySelector(`[data-list-index="${index}"]`)
  if (!(item instanceof HTMLElement)) return false
  item.focus()
  return true
}
