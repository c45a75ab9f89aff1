import { expect, test } from 'vitest'
import { keyCaps } from '../../../../src/renderer/ui/key-caps.ts'

test('a shortcut is written as the platform writes it', () => {
  expect(keyCaps('Mod+Enter', false)).toEqual([
    { kind: 'word', word: 'ctrl' },
    { kind: 'icon', icon: 'enter' },
  ])
  expect(keyCaps('Mod+K', true)).toEqual([
    { kind: 'text', text: '⌘' },
    { kind: 'text', text: 'K' },
  ])
  expect(keyCaps('/', false)).toEqual([{ kind: 'text', text: '/' }])
})
