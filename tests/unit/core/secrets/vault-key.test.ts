import { describe, expect, it } from 'vitest'
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

  it.each([[{}], [{ MCP_MANAGER_VAULT_KEY: '' }]])('has none in %j', (env) => {
    expect(takeVaultKey(env)).toBeUndefined()
    expect(env).toEqual({})
  })
})
