import { expect, test } from 'vitest'
import { readDeepLink } from '../../../src/main/deep-link.ts'
import { hostileLinks, linkFor } from './hostile-links.ts'

test('a link with a command opens the form with all of it', () => {
  const config = {
    command: 'npx',
    args: ['-y', '@example/files', '--root', '/tmp/a b'],
    env: { TOKEN: 'x' },
    cwd: '/tmp',
  }
  expect(readDeepLink(linkFor('files', config))).toEqual({
    show: 'new-server',
    text: JSON.stringify({ mcpServers: { files: config } }),
  })
})

test('a link with an address does, too', () => {
  const config = { url: 'https://example.com/mcp', headers: { 'X-Team': 'a' } }
  expect(readDeepLink(linkFor('remote', config))).toEqual({
    show: 'new-server',
    text: JSON.stringify({ mcpServers: { remote: config } }),
  })
})

test('both alphabets of base64 are read, and letters of any language', () => {
  const config = { command: 'node', args: ['größe?>', '日本'] }
  const encoded = Buffer.from(JSON.stringify(config)).toString('base64url')
  expect(readDeepLink(`mcp-manager://install?name=%C3%A4&config=${encoded}`)).toMatchObject({
    show: 'new-server',
    text: JSON.stringify({ mcpServers: { ä: config } }),
  })
})

test.each(hostileLinks)('%s is refused', (_name, link) => {
  const request = readDeepLink(link)
  expect(request).toMatchObject({ show: 'refusal', reason: 'link' })
  // What is shown of it is short, and shows what it is.
  if (request.show !== 'refusal') throw new Error('not refused')
  expect(request.what.length).toBeLessThanOrEqual(81)
  expect(request.what).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u)
})
