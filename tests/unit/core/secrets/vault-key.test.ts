import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { takeVaultKey } from '../../../../src/core/secrets/vault-key.ts'

describe('takeVaultKey', () => {
  it('reads the key and removes it', () => {
    const env: Record<string, string | undefined> = {
      MCP_MANAGER_VAULT_KEY: '0123456789abcdef',
      HOME: '/h',
    }
    expect(takeVaultKey(env)).toBe('0123456789abcdef')
    expect(env).toEqual({ HOME: '/h' })
  })

  it('refuses a short key, says why, and removes it all the same', () => {
    const env: Record<string, string | undefined> = { MCP_MANAGER_VAULT_KEY: '0123456789abcde' }
    expect(() => takeVaultKey(env)).toThrow(/15 characters. It needs 16/)
    expect(env).toEqual({})
  })

  it('reads the file that the environment names, where it has no key itself', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mcp-manager-key-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'key')
    writeFileSync(file, 'a key from the file\n')
    const env: Record<string, string | undefined> = { MCP_MANAGER_VAULT_KEY_FILE: file }
    expect(takeVaultKey(env)).toBe('a key from the file')
    expect(env).toEqual({})
    const both = { MCP_MANAGER_VAULT_KEY_FILE: file, MCP_MANAGER_VAULT_KEY: 'a key of its own 16' }
    expect(takeVaultKey(both)).toBe('a key of its own 16')
    expect(() => takeVaultKey({ MCP_MANAGER_VAULT_KEY_FILE: `${file}.none` })).toThrow(
      /file_unreadable/,
    )
    writeFileSync(file, 'short')
    expect(() => takeVaultKey({ MCP_MANAGER_VAULT_KEY_FILE: file })).toThrow(/KEY_FILE.*5 char/)
  })

  it.each([[{}], [{ MCP_MANAGER_VAULT_KEY: '' }]])('has none in %j', (env) => {
    expect(takeVaultKey(env)).toBeUndefined()
    expect(env).toEqual({})
  })
})
