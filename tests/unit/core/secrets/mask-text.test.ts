import { expect, test } from 'vitest'
import { maskText } from '../../../../src/core/secrets/mask-text.ts'

const secret = 'hunter2'

test.each([
  ['a value under a telling name', `"env": { "DB_PASSWORD": "${secret}", "MODE": "fast" }`, 'fast'],
  ['a string that is never closed', `"DB_PASSWORD": "${secret}\n"next": 1`, 'next'],
  ['a value on the next line', `"DB_PASSWORD":\n  "${secret}"`, 'DB_PASSWORD'],
  ['a colon that is missing a quote', `"DB_PASSWORD: "${secret}"`, 'DB_PASSWORD'],
  ['TOML', `DB_PASSWORD = '${secret}'\nmode = "fast"`, 'fast'],
  ['YAML', `  password: ${secret} and more\n  mode: fast`, 'fast'],
  ['a block of YAML', `  password: |\n    ${secret}\n    ${secret}\n  mode: fast`, 'fast'],
  ['the argument after a flag', `["--password", "${secret}", "--verbose"]`, '--verbose'],
  ['one without its comma', `["--password" "${secret}"]`, '--password'],
  ['a name without its colon', `{ "DB_PASSWORD" "${secret}" }`, 'DB_PASSWORD'],
  ['one on the next line', `"--api-key",\n"${secret}",\n"-y"`, '-y'],
  ['one in a YAML list', `- --token\n- ${secret}\n- -y`, '-y'],
  ['a user and a password', `["-u", "ann:${secret}"]`, '-u'],
  ['a password in a URL', `"url": "https://ann:${secret}@example.com/mcp"`, 'example.com/mcp'],
  ['a number', `"pin": 48151623, "mode": "fast"`, 'fast'],
])('%s', (_name, text, stays) => {
  const masked = maskText(text)
  expect(masked).not.toContain(secret)
  expect(masked).not.toContain('48151623')
  expect(masked).toContain(stays)
  expect(masked).toHaveLength(text.length)
  expect(masked.split('\n')).toHaveLength(text.split('\n').length)
})

test('tokens are masked wherever they stand', () => {
  const tokens = [
    'ghp_0123456789abcdefghijABCDEFGHIJ012345',
    'sk-ant-REDACTED',
    'q7Hd93kfLs02mxPz81Ty',
  ]
  for (const token of tokens) {
    expect(maskText(`"x" "${token}" // ${token}`)).not.toContain(token.slice(4))
  }
})

test('what is no credential stays readable', () => {
  const text = [
    '"command": "npx",',
    '"args": ["-y" "@modelcontextprotocol/server-filesystem", "/home/ann/projects"],',
    '"url": "https://example.com/v1/mcp",',
    '"env": { "LOG_LEVEL": "debug", "API_TOKEN": "${API_TOKEN}", "USE_TOKEN": true }',
  ].join('\n')
  expect(maskText(text)).toBe(text)
})
