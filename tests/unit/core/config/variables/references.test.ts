import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ExpansionContext,
  expandReferences,
} from '../../../../../src/core/config/variables/expand-references.ts'
import {
  findReferences,
  parseSegments,
} from '../../../../../src/core/config/variables/parse-references.ts'
import { sameMeaning } from '../../../../../src/core/config/variables/same-meaning.ts'
import { type Dialect, dialectSchema } from '../../../../../src/shared/domain/server-definition.ts'

const context: ExpansionContext = {
  env: { X: 'ex', EMPTY: '', NESTED: '${X} secret://token ${env:X}', constructorless: 'c' },
  platform: 'linux',
  homeDir: '/home/ann',
  workspaceFolder: '/home/ann/shop',
  readFile: (path) =>
    new Map([
      ['/run/token', 'from-file\n'],
      ['/home/ann/.t', 'home'],
    ]).get(path) ?? null,
  input: (id) => (id === 'key' ? 'answer' : null),
  secret: (name) => (name === 'token' ? 's3cret ${X}' : null),
  external: (text) => (text === 'op://v/i/f' ? 'fetched ${X}' : null),
}

interface Case {
  readonly dialect: Dialect
  readonly value: string
  readonly expected: string
  readonly unset?: readonly string[]
}

const cases: Case[] = [
  { dialect: 'claude-code', value: 'a ${X} b', expected: 'a ex b' },
  { dialect: 'claude-code', value: '${X:-d}${NO:-d}', expected: 'exd' },
  { dialect: 'claude-code', value: '${NO:-}', expected: '' },
  { dialect: 'claude-code', value: '${EMPTY:-d}', expected: '' },
  { dialect: 'claude-code', value: '${NO}/x', expected: '${NO}/x', unset: ['NO'] },
  {
    dialect: 'claude-code',
    value: '$X ${env:X} ${userHome} ${input:key}',
    expected: '$X ${env:X} ${userHome} ${input:key}',
    unset: ['userHome'],
  },
  { dialect: 'claude-code', value: '${NO:-secret://token}', expected: 's3cret ${X}' },
  { dialect: 'claude-code', value: '${NESTED}', expected: '${X} secret://token ${env:X}' },
  {
    dialect: 'claude-code',
    value: '${constructor}',
    expected: '${constructor}',
    unset: ['constructor'],
  },
  { dialect: 'cursor', value: '${env:X}|${env:NO}|${X}', expected: 'ex||${X}', unset: ['NO'] },
  {
    dialect: 'cursor',
    value: '${userHome}${/}b${pathSeparator}${workspaceFolderBasename}',
    expected: '/home/ann/b/shop',
  },
  {
    dialect: 'vscode',
    value: '${workspaceFolder}/.env ${input:key} ${input:none}',
    expected: '/home/ann/shop/.env answer ${input:none}',
    unset: ['input:none'],
  },
  {
    dialect: 'windsurf',
    value: 'Bearer ${file:/run/token} ${file:/no}',
    expected: 'Bearer from-file ${file:/no}',
    unset: ['file:/no'],
  },
  { dialect: 'gemini', value: '$X/${X}/$NO/${NO:-d}', expected: 'ex/ex/$NO/d', unset: ['NO'] },
  { dialect: 'gemini', value: 'cost: 5$ $1', expected: 'cost: 5$ $1' },
  {
    dialect: 'opencode',
    value: '{env:X} {env:NO} {file:~/.t} ${X}',
    expected: 'ex  home ${X}',
    unset: ['NO'],
  },
  {
    dialect: 'continue',
    value: '${{ secrets.X }} ${{secrets.NO}}',
    expected: 'ex ${{secrets.NO}}',
    unset: ['NO'],
  },
  {
    dialect: 'librechat',
    value: '${X} {{LIBRECHAT_USER_ID}} ${X:-d}',
    expected: 'ex {{LIBRECHAT_USER_ID}} ${X:-d}',
  },
  {
    dialect: 'native',
    value: '${X} ${env:X} ${userHome} ${workspaceFolder} ${input:key} ${NO:-d} $X',
    expected: 'ex ex /home/ann /home/ann/shop answer d $X',
  },
  { dialect: 'literal', value: '${X} $X ${env:X} {env:X}', expected: '${X} $X ${env:X} {env:X}' },
  {
    dialect: 'native',
    value: 'secret://token/secret://none',
    expected: 's3cret ${X}/secret://none',
    unset: ['secret://none'],
  },
  // To elsewhere: as a whole only, in every dialect.
  { dialect: 'literal', value: 'op://v/i/f', expected: 'fetched ${X}' },
  { dialect: 'gemini', value: 'op://v/i/f', expected: 'fetched ${X}' },
  { dialect: 'native', value: 'Bearer op://v/i/f', expected: 'Bearer op://v/i/f' },
  { dialect: 'native', value: '${NO:-op://v/i/f}', expected: 'op://v/i/f' },
]

describe('expandReferences', () => {
  test.each(cases)('$dialect: $value', ({ dialect, value, expected, unset = [] }) => {
    expect(expandReferences(dialect, value, context)).toEqual({ value: expected, unset })
  })

  test.each(dialectSchema.options)(
    '%s resolves a secret, and what comes out is not scanned',
    (dialect) => {
      expect(expandReferences(dialect, 'k=secret://token&x', context)).toEqual({
        value: 'k=s3cret ${X}&x',
        unset: [],
      })
    },
  )

  test('a server without a project keeps its folder references and names them', () => {
    const alone = { ...context, workspaceFolder: null }
    expect(expandReferences('cursor', '${workspaceFolder}', alone)).toEqual({
      value: '${workspaceFolder}',
      unset: ['workspaceFolder'],
    })
  })

  test('separators follow the platform', () => {
    const windows = { ...context, platform: 'win32', workspaceFolder: 'C:\\work\\shop' } as const
    expect(expandReferences('vscode', '${workspaceFolderBasename}${/}', windows).value).toBe(
      'shop\\',
    )
  })
})

describe('parseSegments', () => {
  test('the texts of all segments give the value back', () => {
    const piece = fc.constantFrom(
      '${',
      '}',
      '$',
      'X',
      '{env:',
      '{file:',
      ':-',
      'secret://',
      '${{ secrets.',
      ' ',
      'env:',
      '~/',
    )
    const value = fc
      .array(fc.oneof(piece, fc.string({ maxLength: 5 })))
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.constantFrom(...dialectSchema.options), value, (dialect, text) => {
        const joined = parseSegments(dialect, text)
          .map((segment) => segment.text)
          .join('')
        expect(joined).toBe(text)
      }),
    )
  })

  test('references inside a fallback are found', () => {
    expect(findReferences('claude-code', '${A:-secret://b}').map(({ kind }) => kind)).toEqual([
      'env',
      'secret',
    ])
  })
})

describe('sameMeaning', () => {
  test.each([
    ['cursor', '${env:X}/a', 'claude-code', '${X}/a', true],
    ['opencode', '{env:X}', 'gemini', '$X', true],
    ['continue', '${{ secrets.X }}', 'librechat', '${X}', true],
    ['literal', '${X}', 'claude-code', '${X}', false],
    ['claude-code', '${X:-a}', 'claude-code', '${X}', false],
    ['claude-code', '${X:-a}', 'gemini', '${X:-a}', true],
    ['cursor', '${X}', 'literal', '${X}', true],
    ['vscode', '${input:a}', 'vscode', '${input:b}', false],
    ['windsurf', '${file:/a}', 'opencode', '{file:/a}', true],
    ['cursor', '${userHome}', 'cursor', '${workspaceFolder}', false],
  ] as const)('%s %s and %s %s: %s', (dialectA, a, dialectB, b, expected) => {
    expect(sameMeaning(dialectA, a, dialectB, b)).toBe(expected)
    expect(sameMeaning(dialectB, b, dialectA, a)).toBe(expected)
  })
})
