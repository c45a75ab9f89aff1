import { tmpdir } from 'node:os'
import { describe, expect, test } from 'vitest'
import { createLaunchResolver } from '../../../../src/core/servers/resolve-launch.ts'
import { createServerId } from '../../../../src/core/servers/server-registry.ts'
import { secretNameSchema } from '../../../../src/shared/domain/ids.ts'
import type {
  ServerDefinition,
  ServerInput,
  StdioTransport,
} from '../../../../src/shared/domain/server-definition.ts'
import { defaultSupervision } from '../../../../src/shared/domain/supervision.ts'

const transport: StdioTransport = {
  type: 'stdio',
  command: process.execPath,
  args: [],
  env: {},
  cwd: null,
  envFile: null,
}

/** What the server of a VS Code file runs whose input has the given default. */
async function resolved(
  fallback: string | null,
  secrets: Readonly<Record<string, string>> = {},
  input: Partial<ServerInput> = {},
) {
  const definition: ServerDefinition = {
    id: createServerId(),
    name: 'vs',
    scope: 'user',
    project: null,
    enabled: false,
    transport: { ...transport, args: [`\${input:${input.id ?? 'tok'}}`] },
    dialect: 'vscode',
    inputs: [
      {
        id: 'tok',
        type: 'promptString',
        description: null,
        default: fallback,
        password: true,
        options: [],
        secret: secretNameSchema.parse('input.tok'),
        ...input,
      },
    ],
    timeouts: { startMs: null, callMs: null },
    supervision: defaultSupervision,
    tools: { allow: null, deny: [] },
    sources: [],
    editedHere: false,
  }
  const redacted: string[] = []
  const resolver = createLaunchResolver({
    homeDir: tmpdir(),
    baseEnvironment: async () => ({ env: { PATH: process.env['PATH'] ?? '' }, problem: null }),
    readSecret: async (name) => secrets[name] ?? null,
    resolveExternal: () => Promise.reject(new Error('not asked for')),
    onSecret: (_name, value) => redacted.push(value),
    onWarning: () => undefined,
    ownerMark: 'test',
  })
  return {
    args: (
      await resolver.resolveStdio(definition, {
        ...transport,
        args: [`\${input:${input.id ?? 'tok'}}`],
      })
    ).args,
    redacted,
  }
}

test.each(['oauth.acc_1', 'oauth.client.1', 'backup.key'])(
  '%s is the program’s own, and no server gets it',
  async (name) => {
    await expect(resolved(`secret://${name}`, { [name]: 'tokens' })).rejects.toMatchObject({
      code: 'secret_missing',
    })
  },
)

describe('the default of an input', () => {
  test('has its secrets filled in, and they are made known for redaction', async () => {
    expect(await resolved('Bearer secret://vs.tok', { 'vs.tok': 'the value' })).toEqual({
      args: ['Bearer the value'],
      redacted: ['the value'],
    })
  })

  test('is not read again once it is filled in', async () => {
    const values = { 'vs.tok': 'secret://other.tok', 'other.tok': 'stolen' }
    expect((await resolved('secret://vs.tok', values)).args).toEqual(['secret://other.tok'])
  })

  test('misses a secret that is not in the vault', async () => {
    await expect(resolved('secret://vs.tok')).rejects.toMatchObject({
      code: 'secret_missing',
      data: { names: ['secret://vs.tok'] },
    })
  })

  test('that is missing is named', async () => {
    await expect(resolved(null)).rejects.toMatchObject({
      code: 'input_missing',
      data: { inputs: ['tok'] },
    })
  })
})

describe('the answer to an input', () => {
  const secrets = { 'input.tok': 'eu-central-and-more' }

  test('goes before its default, and is redacted where it is a password', async () => {
    expect(await resolved('us', secrets)).toEqual({
      args: ['eu-central-and-more'],
      redacted: ['eu-central-and-more'],
    })
  })

  test('is redacted too where only its name, or what it looks like, says that it is one', async () => {
    const { redacted } = await resolved(null, secrets, { password: false, id: 'api_token' })
    expect(redacted).toEqual(['eu-central-and-more'])
  })

  test('stays readable in logs where it is plainly none', async () => {
    const definition = await resolved(null, secrets, { password: false, id: 'region' })
    expect(definition).toEqual({ args: ['eu-central-and-more'], redacted: [] })
  })
})
