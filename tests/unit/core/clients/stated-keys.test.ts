import { expect, test } from 'vitest'
import {
  type StatedEntry,
  statedEnvKeys,
  statedHeaderKeys,
} from '../../../../src/core/clients/stated-keys.ts'

test('names that are used, kept elsewhere, and without a use are all told', () => {
  const local: StatedEntry = {
    transport: {
      type: 'stdio',
      command: 'x',
      args: [],
      env: { B: '1', A: '2' },
      cwd: null,
      envFile: null,
    },
    envNames: ['KEYCHAIN', 'A'],
    extra: { headers: { 'X-Unused': '1' } },
  }
  expect(statedEnvKeys(local)).toEqual(['A', 'B', 'KEYCHAIN'])
  expect(statedHeaderKeys(local)).toEqual(['X-Unused'])
  const remote: StatedEntry = {
    transport: { type: 'http', url: 'https://x', headers: { H: '1' }, headersHelper: null },
    envNames: [],
    extra: { env: { E: '1' }, headers: 'no map' },
  }
  expect(statedEnvKeys(remote)).toEqual(['E'])
  expect(statedHeaderKeys(remote)).toEqual(['H'])
})
