import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createExternalResolver } from '../../../src/core/secrets/references/external-resolver.ts'
import { parseExternalReference } from '../../../src/shared/domain/external-reference.ts'
import { secretNameSchema, serverIdSchema } from '../../../src/shared/domain/ids.ts'
import { errorOf, makeTempHome } from '../temp-core.ts'

const definition = { id: serverIdSchema.parse('srv_0000000000000001'), name: 'github' }

/** A resolver with a home of its own. */
function resolver(
  env: Record<string, string> = {},
  more: { readonly allowed?: readonly string[]; readonly secrets?: Record<string, string> } = {},
) {
  const at = makeTempHome()
  const warnings: string[] = []
  const known: string[] = []
  const abort = new AbortController()
  const resolve = createExternalResolver({
    homeDir: at.home,
    readSecret: async (name) => more.secrets?.[name] ?? null,
    onSecret: (_name, value) => known.push(value),
    isCommandAllowed: (id, command) =>
      id === definition.id && more.allowed?.includes(command) === true,
    signal: abort.signal,
  })
  return {
    at,
    warnings,
    known,
    abort,
    get: (text: string) => {
      const reference = parseExternalReference(text)
      if (reference === null) throw new Error(`${text} is no reference`)
      return resolve(reference, {
        definition,
        env: { PATH: process.env['PATH'] ?? '', HOME: at.home, ...env },
        onWarning: (warning) => warnings.push(warning),
      })
    },
  }
}

describe('env:', () => {
  test('is the value of a variable, which has to have one', async () => {
    const { get } = resolver({ TOKEN: 'from the shell', EMPTY: '' })
    expect(await get('env:TOKEN')).toBe('from the shell')
    expect(await errorOf(get('env:NO'))).toMatchObject({
      code: 'reference_unresolved',
      data: { reference: 'env:NO', reason: 'env_unset', variable: 'NO' },
    })
    expect((await errorOf(get('env:EMPTY'))).data['reason']).toBe('empty')
    expect((await errorOf(get('env:constructor'))).data['reason']).toBe('env_unset')
  })
})

describe('file:', () => {
  test('is the text of a file without its last line end, and warns where others can read it', async () => {
    const { get, at, warnings } = resolver()
    const file = join(at.home, 'token')
    writeFileSync(file, 'a\nb\n', { mode: 0o600 })
    expect(await get(`file:${file}`)).toBe('a\nb')
    expect(await get('file:~/token')).toBe('a\nb')
    expect(warnings).toEqual([])
    chmodSync(file, 0o644)
    expect(await get('file:~/token')).toBe('a\nb')
    expect(warnings).toEqual([expect.stringContaining('other users can read it')])
  })

  test('is refused where it is missing, empty, binary, too large or no file', async () => {
    const { get, at } = resolver()
    writeFileSync(join(at.home, 'empty'), '\n')
    writeFileSync(join(at.home, 'binary'), Buffer.from([0x61, 0xff, 0x00]))
    writeFileSync(join(at.home, 'long'), 'x'.repeat(200_000))
    writeFileSync(join(at.home, 'huge'), 'x'.repeat(2_000_000))
    const reasonOf = async (name: string) => (await errorOf(get(`file:~/${name}`))).data['reason']
    expect(await reasonOf('none')).toBe('file_missing')
    expect(await reasonOf('empty')).toBe('empty')
    expect(await reasonOf('binary')).toBe('binary')
    expect(await reasonOf('long')).toBe('too_long')
    expect(await reasonOf('huge')).toBe('It is larger than 1 MB.')
    expect(await reasonOf('.')).toBe('It is not a regular file.')
  })
})

describe('op:', () => {
  test('runs op read with the reference as one argument', async () => {
    const { get, at } = resolver({}, {})
    expect((await errorOf(get('op://a/b/c'))).data).toMatchObject({ reason: 'op_missing' })
    const withOp = resolver({ PATH: `${at.home}:/usr/bin:/bin` })
    writeFileSync(
      join(at.home, 'op'),
      '#!/bin/sh\nif [ "$3" = "op://a/My Item/no" ]; then echo first >&2; echo "isn\'t an item" >&2; exit 1; fi\nprintf "%s|" "$@"',
      { mode: 0o755 },
    )
    expect(await withOp.get('op://a/My Item/$(id)')).toBe('read|--no-newline|op://a/My Item/$(id)|')
    expect((await errorOf(withOp.get('op://a/My Item/no'))).data).toEqual({
      reference: 'op://a/My Item/no',
      onePassword: 'op',
      reason: 'The command ended with code 1.',
      detail: "isn't an item",
    })
  })
})

describe('exec:', () => {
  test('runs nothing that was not allowed letter by letter', async () => {
    const { get, at } = resolver(
      {},
      { allowed: ['echo value; echo noise >&2', 'echo value >&2; exit 3'] },
    )
    expect(await get('exec:echo value; echo noise >&2')).toBe('value')
    const marker = join(at.home, 'ran')
    expect(await errorOf(get(`exec:touch ${marker}`))).toMatchObject({
      code: 'command_not_allowed',
      data: { command: `touch ${marker}`, name: 'github' },
    })
    expect(await get('exec:echo value; echo noise >&2 ')).toBe('value')
    // What a failing command says may be what it should give, as under `set -x`.
    expect((await errorOf(get('exec:echo value >&2; exit 3'))).data).toEqual({
      reference: 'exec:echo value >&2; exit 3',
      reason: 'The command ended with code 3.',
    })
    expect(() => chmodSync(marker, 0o600)).toThrow('ENOENT')
  })

  test('is ended with the program', async () => {
    const { get, abort } = resolver({}, { allowed: ['exec sleep 600'] })
    const running = get('exec:exec sleep 600')
    abort.abort(new Error('closing'))
    await expect(running).rejects.toThrow('closing')
  })
})

describe('vault:', () => {
  /** A server that speaks as much of Vault as is asked of it. */
  async function vaultServer(listener: RequestListener): Promise<string> {
    const server = createServer(listener)
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    onTestFinished(() => void server.close())
    // A server that listens on a port has an address of this form.
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  test('reads a key of KV version 2 with token and namespace', async () => {
    const seen: unknown[] = []
    const address = await vaultServer((request, response) => {
      seen.push([
        request.url,
        request.headers['x-vault-token'],
        request.headers['x-vault-namespace'],
      ])
      response.end(JSON.stringify({ data: { data: { token: 'from-vault', port: 5432 } } }))
    })
    const env = { VAULT_ADDR: address, VAULT_TOKEN: 'hvs.1', VAULT_NAMESPACE: 'team' }
    const { get, known } = resolver(env)
    expect(await get('vault://kv/my app/x#token'.replace(' ', '-'))).toBe('from-vault')
    expect(await get('vault://kv/a#port')).toBe('5432')
    const withPassword = { ...env, VAULT_ADDR: address.replace('//', '//user:password@') }
    expect(await resolver(withPassword).get('vault://kv/b#port')).toBe('5432')
    expect(seen).toEqual([
      ['/v1/kv/data/my-app/x', 'hvs.1', 'team'],
      ['/v1/kv/data/a', 'hvs.1', 'team'],
      ['/v1/kv/data/b', 'hvs.1', 'team'],
    ])
    expect(known).toContain('hvs.1')
    expect((await errorOf(get('vault://kv/a#no'))).data).toMatchObject({
      reason: 'vault_no_key',
      known: ['token', 'port'],
    })
  })

  test('takes the token from the vault of this program, or from where vault login leaves it', async () => {
    const tokens: unknown[] = []
    const address = await vaultServer((request, response) => {
      tokens.push(request.headers['x-vault-token'])
      response.end(JSON.stringify({ data: { data: { a: 'value' } } }))
    })
    const env = { VAULT_ADDR: address }
    const stored = resolver(env, {
      secrets: { [secretNameSchema.parse('hashicorp-vault.token')]: 'kept' },
    })
    await stored.get('vault://kv/a#a')
    const logged = resolver(env)
    expect((await errorOf(logged.get('vault://kv/a#a'))).data['reason']).toBe('vault_no_token')
    mkdirSync(logged.at.home, { recursive: true })
    writeFileSync(join(logged.at.home, '.vault-token'), 'logged-in\n')
    await logged.get('vault://kv/a#a')
    expect(tokens).toEqual(['kept', 'logged-in'])
  })

  test('says what is wrong, and sends the token nowhere else', async () => {
    const elsewhere: unknown[] = []
    const other = await vaultServer((request, response) => {
      elsewhere.push(request.url)
      response.end()
    })
    const address = await vaultServer((request, response) => {
      const path = request.url ?? ''
      const status = Number(/data\/(\d+)/.exec(path)?.[1] ?? 200)
      if (status === 307) response.setHeader('location', other)
      response.statusCode = status
      response.end(path.endsWith('/v1') ? '{"data":{"token":"x"}}' : 'x'.repeat(10))
    })
    const env = { VAULT_ADDR: address, VAULT_TOKEN: 'hvs.1' }
    const { get } = resolver(env)
    const failureOf = async (path: string) => {
      const { code, data } = await errorOf(get(`vault://kv/${path}#k`))
      return [code, data['reason']]
    }
    expect(await failureOf('403')).toEqual(['reference_unresolved', 'vault_denied'])
    expect(await failureOf('404')).toEqual(['reference_unresolved', 'vault_not_found'])
    expect(await failureOf('307')).toEqual(['reference_unresolved', 'vault_redirects'])
    expect(await failureOf('503')).toEqual([
      'reference_unreachable',
      'It answered with status 503.',
    ])
    expect(await failureOf('200/v1')).toEqual(['reference_unresolved', 'vault_not_kv2'])
    expect(elsewhere).toEqual([])
    const reasonAt = async (VAULT_ADDR: string) =>
      (await errorOf(resolver({ ...env, VAULT_ADDR }).get('vault://kv/a#k'))).data['reason']
    expect(await reasonAt('http://vault.example.com:8200')).toBe('vault_not_tls')
    expect(await reasonAt('http://127.0.0.1.example.com')).toBe('vault_not_tls')
    expect(await reasonAt('')).toBe('vault_no_address')
  })
})
