import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { parseClientFile } from '../../../../src/core/clients/parse-client-file.ts'
import { foundServerSchema, importProblemSchema } from '../../../../src/shared/domain/import.ts'
import {
  type ClientFormat,
  clientFormatSchema,
  clientFormats,
} from '../../../../src/shared/domain/server-definition.ts'
import { inventoryOf } from './inventory.ts'

const fixtures = join(import.meta.dirname, '../../../fixtures/clients')
const machine = { homeDir: '/home/ann', platform: 'linux' } as const

const inventorySchema = z.array(
  z.object({
    fixture: z.string(),
    format: clientFormatSchema,
    /** Where the file pretends to stand. */
    file: z.string(),
    servers: z.array(z.unknown()),
    problems: z.array(z.unknown()),
  }),
)
const rows = inventorySchema.parse(
  JSON.parse(readFileSync(join(fixtures, 'inventory.json'), 'utf8')),
)

/** Objects with a key `__proto__` are compared as text: what compares values would look for a prototype. */
const asText = (value: unknown): string => JSON.stringify(value, null, 1)

describe('the fixtures', () => {
  test.each(rows)('$fixture as $format', ({ fixture, format, file, servers, problems }) => {
    const text = readFileSync(join(fixtures, fixture), 'utf8')
    const parsed = parseClientFile({ format, file, text, ...machine })
    const inventory = inventoryOf(parsed)
    expect(asText(inventory.servers)).toBe(asText(servers))
    expect(asText(inventory.problems)).toBe(asText(problems))
    for (const server of parsed.servers) foundServerSchema.parse(server)
    for (const problem of parsed.problems) importProblemSchema.parse(problem)
  })

  test('every fixture has an inventory, and every format a fixture', () => {
    const files = readdirSync(fixtures).filter(
      (name) => name !== 'inventory.json' && !name.startsWith('.'),
    )
    expect([...new Set(rows.map(({ fixture }) => fixture))].toSorted()).toEqual(files.toSorted())
    expect([...new Set(rows.map(({ format }) => format))].toSorted()).toEqual(
      clientFormats.toSorted(),
    )
  })
})

test('a __proto__ key is data and changes no prototype', () => {
  const text =
    '{"mcpServers": {"__proto__": {"command": "x", "env": {"__proto__": {"polluted": "y"}}}}}'
  const { servers } = parseClientFile({
    format: 'mcp-json',
    file: '/home/ann/p/.mcp.json',
    text,
    ...machine,
  })
  expect(servers.map(({ name }) => name)).toEqual(['__proto__'])
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
})

test('a known placement goes before the one told from the path', () => {
  const { servers } = parseClientFile({
    format: 'codex',
    file: '/data/codex/config.toml',
    text: '[mcp_servers.a]\ncommand = "a"\n',
    placement: { scope: 'user', project: null },
    ...machine,
  })
  expect(servers.map(({ scope, project }) => ({ scope, project }))).toEqual([
    { scope: 'user', project: null },
  ])
})

/** What a text gives that is not of the shape that is promised; throws if reading throws. */
function misshapen(text: string, format: ClientFormat): unknown[] {
  const { servers, problems } = parseClientFile({ format, file: '/x/file', text, ...machine })
  return [
    ...servers.filter((server) => !foundServerSchema.safeParse(server).success),
    ...problems.filter((problem) => !importProblemSchema.safeParse(problem).success),
  ]
}

describe('whatever the text is', () => {
  const format = fc.constantFrom(...clientFormats)
  test('random text never throws', () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 })
    fc.assert(
      fc.property(text, format, (value, as) => {
        expect(misshapen(value, as)).toEqual([])
      }),
    )
  })

  test('random bytes never throw', () => {
    const bytes = fc.uint8Array({ maxLength: 300 }).map((data) => new TextDecoder().decode(data))
    fc.assert(
      fc.property(bytes, format, (value, as) => {
        expect(misshapen(value, as)).toEqual([])
      }),
    )
  })

  test('random JSON under the root keys never throws', () => {
    const entry = fc.dictionary(
      fc.constantFrom(
        'type',
        'command',
        'cmd',
        'args',
        'env',
        'url',
        'headers',
        'transport',
        'disabled',
        'enabled',
        'timeout',
        'cwd',
        'env_vars',
        'env_keys',
        'requestOptions',
        '__proto__',
      ),
      fc.jsonValue({ maxDepth: 3 }),
    )
    const servers = fc.oneof(fc.dictionary(fc.string(), entry), fc.array(entry), fc.jsonValue())
    const roots = ['mcpServers', 'servers', 'context_servers', 'mcp', 'extensions', 'projects']
    const root = fc.dictionary(fc.constantFrom(...roots, 'inputs', 'mcp_servers'), servers)
    fc.assert(
      fc.property(root, format, (value, as) => {
        expect(misshapen(JSON.stringify(value), as)).toEqual([])
      }),
    )
  })

  test('cut or damaged fixtures never throw', () => {
    const texts = rows.map((row) => ({
      row,
      text: readFileSync(join(fixtures, row.fixture), 'utf8'),
    }))
    const slip = fc.record({
      source: fc.constantFrom(...texts),
      at: fc.nat(3000),
      length: fc.nat(20),
      insert: fc.constantFrom('', '{', '}', '"', '[', ',', '\n', '\t', ':'),
    })
    fc.assert(
      fc.property(slip, ({ source, at, length, insert }) => {
        const { row, text } = source
        const damaged = text.slice(0, at) + insert + text.slice(at + length)
        expect(misshapen(damaged, row.format)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    ['json', '['.repeat(100_000)],
    ['nested json', '{"mcpServers":'.repeat(50_000)],
  ])('deep %s is told, not fatal', (_name, text) => {
    const { problems } = parseClientFile({
      format: 'mcp-json',
      file: '/home/ann/.mcp.json',
      text,
      ...machine,
    })
    expect(problems.map(({ message }) => message)).toEqual([
      'Syntax: values are nested more than 200 levels deep. Nothing in the file can be imported; correct it and import it again.',
    ])
  })

  test('a chain of YAML aliases does not fill the memory', () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level},`.repeat(9)}]`,
    )
    const { problems } = parseClientFile({
      format: 'goose',
      file: '/home/ann/config.yaml',
      text: ['l0: &l0 [x]', ...levels].join('\n'),
      ...machine,
    })
    expect(problems).toHaveLength(1)
    expect(problems[0]?.message).toContain('more than 50000 values')
  })
})

test('problems never quote the value of a variable, a header, an argument or a url', () => {
  const secret = 'S3cretValue'
  const leaf = fc.oneof(
    fc.constant(secret),
    fc.constant(`${secret} "${secret}`),
    fc.constant([secret, null, { a: secret }]),
    fc.constant({ A: secret, B: null, C: [secret] }),
    fc.constant(null),
    fc.constant(5),
  )
  const entry = fc.record(
    {
      type: fc.constantFrom('stdio', 'http', 'ws', 'other'),
      command: fc.oneof(fc.constant('node'), fc.constant(`run ${secret}`), fc.constant('')),
      args: leaf,
      env: leaf,
      headers: leaf,
      url: leaf,
      link: leaf,
    },
    { requiredKeys: [] },
  )
  const keys = {
    vscode: 'servers',
    zed: 'context_servers',
    codex: 'mcp_servers',
    goose: 'extensions',
  }
  const format = fc.constantFrom(...clientFormats)
  fc.assert(
    fc.property(entry, format, (value, as) => {
      const key = new Map(Object.entries(keys)).get(as) ?? 'mcpServers'
      const text = JSON.stringify({ [key]: { name: value, name2: secret } })
      const { problems } = parseClientFile({ format: as, file: '/x/y.json', text, ...machine })
      expect(problems.map(({ message }) => message).join('\n')).not.toContain(secret)
    }),
  )
})

describe('what a syntax error says', () => {
  const first = (text: string) => {
    const { problems } = parseClientFile({
      format: 'mcp-json',
      file: '/x/.mcp.json',
      text: `{"mcpServers": {\n "a": ${text}\n}}`,
      ...machine,
    })
    return problems[0]
  }

  test.each([
    ['{"command": "npx" "args": []}', 'a comma is missing after the value of "command".'],
    ['{"args": ["-y" "server"]}', 'a comma is missing after "-y".'],
    ['{"args": ["--token", "hunter2" "x"]}', 'a comma is missing after item 2 of the list.'],
    ['{"args": ["ghp_0123456789abcdefghijABCD" "x"]}', 'a comma is missing after item 1 of the'],
    ['{"command" "npx"}', 'a colon is missing after the key "command".'],
    ['{"command": }', 'a value is missing after the key "command".'],
  ])('%s', (text, message) => {
    expect(first(text)).toMatchObject({ line: 2, severity: 'error' })
    expect(first(text)?.message).toContain(message)
  })

  test('the excerpt shows the line and its neighbours without what may be secret', () => {
    expect(first('{"env": {"DB_PASSWORD": "hunter2" "MODE": "fast"}}')?.excerpt).toEqual({
      firstLine: 1,
      lines: ['{"mcpServers": {', ' "a": {"env": {"DB_PASSWORD": "•••••••" "MODE": "fast"}}', '}}'],
      column: 41,
    })
  })

  test('what was read all the same is a warning', () => {
    const { problems } = parseClientFile({
      format: 'mcp-json',
      file: '/x/.mcp.json',
      text: '{"mcpServers": {"a": {"command": "x", "args": "one two"}}}',
      ...machine,
    })
    expect(problems.map(({ severity }) => severity)).toEqual(['warning'])
  })
})
