// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react'
import * as React from 'react'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  type Command,
  useCommandRegistry,
  useCommands,
} from '../../../../src/renderer/app/commands.ts'
import { followKeys } from '../../../../src/renderer/app/follow-keys.ts'
import { closeOverlay, openOverlay, useOverlay } from '../../../../src/renderer/app/overlay.ts'

const run = vi.fn<(id: string) => void>()

function command(id: string, keys: string | null): Command {
  return { id, group: 'g', title: id, icon: null, keys, inPalette: true, run: () => run(id) }
}

function Offer({ commands }: { readonly commands: readonly Command[] }): null {
  useCommands(commands)
  return null
}

const offer = (commands: readonly Command[]) => render(React.createElement(Offer, { commands }))
const ids = () => [...useCommandRegistry.getState().byId.keys()]

/** Presses keys where the focus is; answers whether the page took the last one. */
function press(...keys: readonly (string | KeyboardEventInit)[]): boolean {
  const target = document.activeElement ?? document.body
  return (
    keys
      .map((key) => {
        const init = typeof key === 'string' ? { key } : key
        return !target.dispatchEvent(
          new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }),
        )
      })
      .at(-1) ?? false
  )
}

function focusIn(html: string): void {
  document.body.innerHTML = html
  document.querySelector<HTMLElement>('[data-here]')?.focus()
}

beforeAll(followKeys)
beforeEach(() => {
  run.mockClear()
  focusIn('')
})
afterEach(cleanup)

describe('useCommands', () => {
  it('offers commands while the component is there, and the same id again after it', () => {
    const first = offer([command('a', null), command('b', null)])
    const second = offer([command('b', null)])
    expect(ids()).toEqual(['a', 'b'])
    first.unmount()
    // The other component still offers it.
    expect(ids()).toEqual(['b'])
    second.unmount()
    expect(ids()).toEqual([])
  })
})

describe('followKeys', () => {
  it('runs the command of a key, and takes the key', () => {
    offer([command('new', 'N'), command('palette', 'Mod+K')])
    expect(press('n')).toBe(true)
    expect(press({ key: 'k', ctrlKey: true })).toBe(true)
    expect(press('x')).toBe(false)
    expect(run.mock.calls).toEqual([['new'], ['palette']])
  })

  it('runs a sequence, and nothing for half of one', () => {
    offer([command('servers', 'G S'), command('stop', 'S')])
    press('g', 's')
    press('s')
    press('g', 'x', 's')
    expect(run.mock.calls).toEqual([['servers'], ['stop'], ['stop']])
  })

  it('leaves letters to fields, menus and lists, but not the keys with Ctrl', () => {
    offer([command('new', 'N'), command('palette', 'Mod+K')])
    for (const html of [
      '<input data-here>',
      '<textarea data-here></textarea>',
      '<button role="combobox" data-here></button>',
      '<div role="menu"><button data-here></button></div>',
      '<div role="listbox"><button data-here></button></div>',
    ]) {
      focusIn(html)
      expect(press('n')).toBe(false)
      expect(press({ key: 'k', ctrlKey: true })).toBe(true)
    }
    expect(run.mock.calls).toEqual(Array.from({ length: 5 }, () => ['palette']))
  })

  it('does nothing in a dialog, for a key that is held, and for one that was taken', () => {
    offer([command('new', 'N'), command('palette', 'Mod+K')])
    focusIn('<div role="dialog"><button data-here></button></div>')
    press('n', { key: 'k', ctrlKey: true })
    focusIn('')
    press({ key: 'n', repeat: true })
    const take = (event: Event) => event.preventDefault()
    document.addEventListener('keydown', take)
    press('n')
    document.removeEventListener('keydown', take)
    expect(run).not.toHaveBeenCalled()
  })

  it('keeps what is typed while the palette is on its way, and runs nothing', () => {
    offer([command('new', 'N')])
    openOverlay('palette')
    focusIn('<input data-here>')
    expect(press('n', 'e')).toBe(true)
    expect(useOverlay.getState().typed).toBe('ne')
    openOverlay('keys')
    press('n')
    expect(run).not.toHaveBeenCalled()
    expect(useOverlay.getState().typed).toBe('')
    closeOverlay()
    focusIn('')
    press('n')
    expect(run).toHaveBeenCalledOnce()
  })
})
