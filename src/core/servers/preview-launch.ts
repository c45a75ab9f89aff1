import { resolve } from 'node:path'
import type { LaunchPreview } from '../../shared/contract/servers.ts'
import { AppError, type ErrorInfo } from '../../shared/domain/errors.ts'
import type { SecretName } from '../../shared/domain/ids.ts'
import type {
  RemoteTransport,
  ServerDefinition,
  StdioTransport,
  Transport,
} from '../../shared/domain/server-definition.ts'
import { wholeCommandLine } from '../clients/command-line.ts'
import { findReferences } from '../config/variables/parse-references.ts'
import { argumentSecrets } from '../secrets/argument-secrets.ts'
import { resolveEnvironment } from '../secrets/references/resolve-environment.ts'
import type { ResolveExternal } from '../secrets/references/resolve-external.ts'
import { resolveFile } from '../secrets/references/resolve-file.ts'
import { transportTexts } from '../secrets/secret-references.ts'
import { isSecretInput, isSecretVariable } from '../secrets/secret-variable.ts'
import { createFiller, type Filler, readTextOrNull } from './fill-references.ts'
import type { BaseEnvironment, Environment } from './login-shell-env.ts'
import { describeVariables, secretMask } from './preview-variables.ts'
import {
  assertDirectory,
  defaultDirectory,
  findCommand,
  parseHttpUrl,
  projectVariables,
  readEnvFile,
} from './resolve-launch.ts'

/** Where the values of a preview come from. */
export interface PreviewServices {
  readonly homeDir: string
  readonly baseEnvironment: () => Promise<BaseEnvironment>
  /** Whether the vault has a secret. May fail with the vault's errors. */
  readonly hasSecret: (name: SecretName) => Promise<boolean>
  /** The values of `${input:id}` that are given beside those of the vault, by id. */
  readonly inputValues: Readonly<Record<string, string>>
}

/**
 * What a definition will run or connect to, resolved as a launch does it, with secrets masked and nothing started. Of what
 * stands against a launch the first finding is told. A `headersHelper` does not run: its command stands for its headers.
 */
export async function previewLaunch(
  definition: ServerDefinition,
  services: PreviewServices,
): Promise<LaunchPreview> {
  const { transport } = definition
  const base = await services.baseEnvironment()
  const texts = transportTexts(transport)
  const problems: ErrorInfo[] = []
  const fill = await createMaskedFiller(definition, texts, base.env, services, problems)
  const variables = describeVariables(definition, texts, { ...services, env: base.env, fill })
  const shown =
    transport.type === 'stdio'
      ? await previewStdio(definition, transport, fill, { ...services, env: base.env }, problems)
      : previewRemote(definition, transport, fill, problems)
  const inArguments =
    transport.type === 'stdio' ? argumentSecrets(transport, definition.dialect) : []
  return {
    ...shown,
    variables,
    argumentSecrets: [...inArguments],
    problem: problems[0] ?? null,
  }
}

type ShownLaunch = Omit<LaunchPreview, 'variables' | 'argumentSecrets' | 'problem'>

async function previewStdio(
  definition: ServerDefinition,
  transport: StdioTransport,
  fill: Filler,
  { homeDir, env: baseEnv }: { readonly homeDir: string; readonly env: Environment },
  problems: ErrorInfo[],
): Promise<ShownLaunch> {
  const command = fill(transport.command)
  const args = transport.args.map((arg) => fill(arg))
  const cwd = resolve(
    defaultDirectory(definition, homeDir),
    transport.cwd === null ? '.' : fill(transport.cwd),
  )
  const ownEnv = Object.fromEntries(
    Object.entries(transport.env).map(([name, value]) => [name, fill(value)]),
  )
  const envFile = transport.envFile === null ? null : resolve(cwd, fill(transport.envFile))
  note(problems, () => fill.assertComplete())
  // A path with a mask in it says nothing against the real one.
  if (!cwd.includes(secretMask)) await noteLate(problems, assertDirectory(cwd))
  const fromFile = envFile === null ? {} : ((await noteLate(problems, readEnvFile(envFile))) ?? {})
  const project = projectVariables(definition, homeDir)
  const env = { ...baseEnv, ...project, ...fromFile, ...ownEnv }
  // With a mask in the program itself, its name says nothing against the real one; a secret among its words does not hide it.
  const isHidden = command.includes(secretMask) && wholeCommandLine(command) === null
  const found = isHidden ? undefined : note(problems, () => findCommand(command, args, env, cwd))
  return {
    command: found?.command ?? command,
    args: [...(found?.args ?? args)],
    cwd,
    url: null,
    env: [
      ...Object.keys({ ...project, ...fromFile })
        .filter((name) => !Object.hasOwn(ownEnv, name))
        .map((name) => ({
          name,
          from: Object.hasOwn(fromFile, name) ? ('envFile' as const) : ('definition' as const),
        })),
      ...Object.entries(transport.env).map(([name, value]) => ({
        name,
        from: usesSecret(definition, value) ? ('secret' as const) : ('definition' as const),
      })),
    ],
    headers: [],
  }
}

function previewRemote(
  definition: ServerDefinition,
  transport: Exclude<Transport, StdioTransport>,
  fill: Filler,
  problems: ErrorInfo[],
): ShownLaunch {
  const url = transport.url === null ? null : fill(transport.url)
  const headers = Object.entries(transport.headers).map(([name, value]) => {
    fill(value)
    return {
      name,
      from: usesSecret(definition, value) ? ('secret' as const) : ('definition' as const),
    }
  })
  const shown = { command: null, args: [], cwd: null, url, env: [] }
  if (!isRunnable(transport)) {
    problems.push({ code: 'not_runnable', data: { reason: transport.reason } })
    return { ...shown, headers }
  }
  // A mask may stand where a port or a host does, and says nothing against the real one.
  if (url?.includes(secretMask) === false) note(problems, () => parseHttpUrl(url))
  const helper =
    transport.headersHelper === null
      ? []
      : [{ name: fill(transport.headersHelper), from: 'helper' as const }]
  note(problems, () => fill.assertComplete())
  return { ...shown, headers: [...headers, ...helper] }
}

/** Fills in masks for secrets, and for variables of the environment that look like credentials. */
async function createMaskedFiller(
  definition: ServerDefinition,
  texts: readonly string[],
  env: Environment,
  services: PreviewServices,
  problems: ErrorInfo[],
): Promise<Filler> {
  const given = new Map<SecretName, string>()
  const typed = new Map(Object.entries(services.inputValues))
  for (const input of definition.inputs) {
    const value = typed.get(input.id)
    if (value === undefined) continue
    given.set(input.secret, isSecretInput(input, value) ? secretMask : value)
  }
  const maskedEnv = { ...env }
  for (const text of texts) {
    for (const reference of findReferences(definition.dialect, text)) {
      if (reference.kind !== 'env') continue
      const value = Object.hasOwn(env, reference.name) ? env[reference.name] : undefined
      if (value !== undefined && isSecretVariable(reference.name, value)) {
        maskedEnv[reference.name] = secretMask
      }
    }
  }
  const fillerFor = (
    readSecret: (name: SecretName) => Promise<string | null>,
    resolveExternal: ResolveExternal,
  ) =>
    createFiller(definition, texts, maskedEnv, {
      homeDir: services.homeDir,
      readSecret,
      resolveExternal,
      readFile: async (path) => ((await readTextOrNull(path)) === null ? null : secretMask),
      onSecret: () => {},
      onWarning: () => {},
    })
  const strict = await noteLate(
    problems,
    fillerFor(
      async (name) => given.get(name) ?? ((await services.hasSecret(name)) ? secretMask : null),
      async (reference, launch) => {
        // What costs nothing to look at is looked at; nothing is run, and no network asked.
        if (reference.kind === 'env') resolveEnvironment(reference, launch)
        if (reference.kind === 'file') await resolveFile(reference, launch, services)
        return secretMask
      },
    ),
  )
  // What is missing has been noted; the rest is shown all the same.
  return (
    strict ??
    (await fillerFor(
      async (name) => given.get(name) ?? secretMask,
      async () => secretMask,
    ))
  )
}

function usesSecret(definition: ServerDefinition, text: string): boolean {
  return findReferences(definition.dialect, text).some(
    ({ kind }) => kind === 'secret' || kind === 'input' || kind === 'external',
  )
}

function isRunnable(transport: Transport): transport is RemoteTransport {
  return transport.type === 'http' || transport.type === 'sse'
}

/** Runs a step of a launch; one of our errors is noted, and the answer is then undefined. */
function note<T>(problems: ErrorInfo[], step: () => T): T | undefined {
  try {
    return step()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    problems.push(error.toInfo())
    return undefined
  }
}

async function noteLate<T>(problems: ErrorInfo[], step: Promise<T>): Promise<T | undefined> {
  try {
    return await step
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    problems.push(error.toInfo())
    return undefined
  }
}
