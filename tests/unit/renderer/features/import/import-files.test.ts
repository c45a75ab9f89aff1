import { describe, expect, test } from 'vitest'
import { withTexts } from '../../../../../src/renderer/features/import/added-texts.ts'
import {
  mergedCount,
  newProblems,
  placeOfFile,
  placeOfServer,
} from '../../../../../src/renderer/features/import/import-files.ts'
import { filesOf } from '../../../../../src/renderer/features/import/use-import-scan.ts'
import type { ImportProblem } from '../../../../../src/shared/domain/import.ts'
import { importedServer } from './imported-server.ts'

describe('whose a file is', () => {
  test("a client's own", () => {
    const file = { client: 'cursor', file: '/home/a/.cursor/mcp.json' } as const
    expect(placeOfFile(file, [importedServer({ sources: [file] })])).toEqual({
      client: 'Cursor',
      folder: null,
    })
  })
  test("a folder's, by its servers or by its kind", () => {
    const file = { client: 'cursor', file: '/code/atlas/.cursor/mcp.json' } as const
    const own = importedServer({ scope: 'project', project: '/code/atlas', sources: [file] })
    expect(placeOfFile(file, [own]).folder).toBe('atlas')
    expect(placeOfFile({ client: 'mcp-json', file: 'C:\\code\\ledger\\.mcp.json' }, [])).toEqual({
      client: 'Claude Code',
      folder: 'ledger',
    })
  })
  test("local servers leave Claude Code's own file a person's", () => {
    const file = { client: 'claude-json', file: '/home/a/.claude.json' } as const
    const local = importedServer({ scope: 'local', project: '/code/atlas', sources: [file] })
    expect(placeOfFile(file, [local]).folder).toBeNull()
    // A server in it is a folder's all the same.
    expect(placeOfServer(file, local)).toEqual({ client: 'Claude Code', folder: 'atlas' })
    expect(placeOfServer(file, importedServer({ sources: [file] })).folder).toBeNull()
  })
})

test('copies are what the files have more than the list', () => {
  const file = { client: 'cursor', file: '/a', servers: 3, isDamaged: false } as const
  const report = {
    servers: [importedServer({}), importedServer({ name: 'b' })],
    gone: [],
    problems: [],
    files: [file, { ...file, file: '/b', servers: 2 }],
    notAsShown: [],
    secretsLeftOut: false,
  }
  expect(mergedCount(report)).toBe(3)
})

test('only what was not known before is news', () => {
  const problem = (message: string): ImportProblem => ({
    file: '/a',
    line: 1,
    column: 1,
    message,
    severity: 'warning',
    excerpt: null,
  })
  expect(newProblems([problem('a')], [problem('a'), problem('b')])).toEqual([problem('b')])
})

test('texts of one name are numbered before their ending', () => {
  const text = (name: string) => ({ name, text: '' })
  const names = withTexts([text('mcp.json')], [text('mcp.json'), text('mcp.json'), text('x')])
  expect(names.map(({ name }) => name)).toEqual(['mcp.json', 'mcp 2.json', 'mcp 3.json', 'x'])
})

describe('what is read', () => {
  const found = [
    { client: 'cursor', file: '/a', servers: 1 },
    { client: 'zed', file: '/b', servers: 1 },
  ] as const
  const pasted = { name: 'pasted', text: '{}' }

  test('everything that can be found, where nothing was chosen', () => {
    expect(filesOf({ added: [], unread: new Set() }, found)).toEqual([])
  })
  test('else each file and text by name', () => {
    expect(filesOf({ added: [pasted], unread: new Set(['/a']) }, found)).toEqual([
      { file: '/b', format: 'zed', text: null },
      { file: 'pasted', format: null, text: '{}' },
    ])
  })
})
