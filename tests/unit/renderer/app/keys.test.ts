import { describe, expect, it } from 'vitest'
import { chordsOf, type KeyPress, matchesChord } from '../../../../src/renderer/app/keys.ts'

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

describe('matchesChord', () => {
  it.each([
    ['Mod+K', press('k', { ctrlKey: true }), false, true],
    ['Mod+K', press('k', { metaKey: true }), false, false],
    ['Mod+K', press('k', { metaKey: true }), true, true],
    ['Mod+K', press('k', { ctrlKey: true }), true, false],
    ['Mod+K', press('k'), false, false],
    ['R', press('r'), false, true],
    ['R', press('R', { shiftKey: true }), false, false],
    ['R', press('r', { altKey: true }), false, false],
    ['Shift+R', press('R', { shiftKey: true }), false, true],
    ['Shift+R', press('r'), false, false],
    ['?', press('?', { shiftKey: true }), false, true],
    ['/', press('/'), false, true],
    ['Esc', press('Escape'), false, true],
    ['Up', press('ArrowUp'), false, true],
    ['Mod+Enter', press('Enter', { ctrlKey: true }), false, true],
    ['Delete', press('Delete'), false, true],
  ])('reads %s', (chord, pressed, mac, expected) => {
    expect(matchesChord(chord, pressed, mac)).toBe(expected)
  })
})

describe('chordsOf', () => {
  it('splits a sequence', () => {
    expect(chordsOf('G S')).toEqual(['G', 'S'])
    expect(chordsOf('Mod+K')).toEqual(['Mod+K'])
  })
})
