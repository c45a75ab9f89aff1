import { expect, test } from 'vitest'
import { needLines, scanLines } from '../../../../src/cli/output/literal-text.ts'
import { secretNameSchema } from '../../../../src/shared/domain/ids.ts'

const name = secretNameSchema.parse('github.token')

test('what was found is listed by file, with each reason why something stays once', () => {
  const literal = { id: 'a', server: 'github', masked: 'ghp_••2345', reason: 'known_format', name }
  const kept = {
    ...literal,
    place: 'argument 1',
    isHeld: false,
    resolver: null,
    kept: 'not_located',
  } as const
  const lines = scanLines(
    {
      files: [
        {
          file: '/home/me/.claude.json',
          client: 'claude-json',
          literals: [
            { ...kept, place: 'TOKEN', reason: 'secret_name', resolver: 'variable', kept: null },
            { ...kept, reason: 'opaque' },
            { ...kept, reason: 'opaque' },
          ],
        },
      ],
      readCount: 1,
      problems: [],
    },
    [],
  )
  expect(lines).toEqual([
    '/home/me/.claude.json (claude-json)',
    '  SERVER  PLACE       VALUE       SECRET        FOUND BY',
    '  github  TOKEN       ghp_••2345  github.token  its name',
    '  github  argument 1  ghp_••2345  stays         it looks random',
    '  github  argument 1  ghp_••2345  stays         it looks random',
    '  Stays: It cannot be told for sure where in the file it stands.',
    '',
  ])
})

test('a variable is named with the line that sets it', () => {
  expect(needLines([{ name, resolver: 'variable', key: 'GITHUB_TOKEN' }])).toEqual([
    'github.token: The client reads it from the environment variable GITHUB_TOKEN.',
    '  export GITHUB_TOKEN="$(mcp-manager secrets show github.token)"',
  ])
})
