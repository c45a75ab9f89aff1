import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const root = join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const text = read('electron-builder.yml')
const config: unknown = parse(text)
const schema: unknown = JSON.parse(read('node_modules/app-builder-lib/scheme.json'))

describe('electron-builder.yml', () => {
  const validate = new Ajv({ strict: false, allErrors: true }).compile(schema as object)

  it("is valid by electron-builder's own schema", () => {
    validate(config)
    expect(validate.errors ?? []).toEqual([])
  })

  it.each([
    ['a misspelt fuse', { electronFuses: { runAsNod: false } }],
    ['an unknown key', { asarUnpak: [] }],
    ['a value of a wrong kind', { mac: { hardenedRuntime: 'yes' } }],
  ])('%s would not be', (_, fault) => {
    expect(validate(fault)).toBe(false)
  })

  it('names files that are there', () => {
    const named = [...text.matchAll(/(?:\bassets|\.\/scripts)\/[\w./-]*\w/g)].map(([file]) => file)
    expect(named).toContain('assets/entitlements.mac.plist')
    expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([])
  })
})

describe('the entitlements', () => {
  it('are those that V8 needs and no others', () => {
    const keys = [...read('assets/entitlements.mac.plist').matchAll(/<key>(.*)<\/key>/g)]
    expect(keys.map(([, key]) => key)).toEqual([
      'com.apple.security.cs.allow-jit',
      'com.apple.security.cs.allow-unsigned-executable-memory',
    ])
  })
})
