import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { AppError } from '../../shared/domain/errors.ts'
import type {
  RemoteTransport,
  ServerDefinition,
  StdioTransport,
} from '../../shared/domain/server-definition.ts'
import { wholeCommandLine } from '../clients/command-line.ts'
import { ownerVariable } from '../processes/marks.ts'
import { argumentSecrets, argumentSecretText, holdsSecret } from '../secrets/argument-secrets.ts'
import type { RemoteSpec } from './connect-remote.ts'
import { diskFinder } from './disk-finder.ts'
import { createFiller, type Filler, type FillerServices } from './fill-references.ts'
import { registerHelperValues, runHeadersHelper } from './headers-helper.ts'
import type { BaseEnvironment, Environment } from './login-shell-env.ts'
import { readSmallFile } from './read-small-file.ts'
import { resolveCommand } from './resolve-command.ts'
import type { SpawnSpec } from './server-process.ts'

/** Turns a definition into what is really run: references filled in, command found, directory checked. */
export interface LaunchResolver {
  /** Begins what the first launch would wait for: the login shell's answer. */
  prepare(): void
  /** Throws `command_not_found`, `directory_not_found`, `permission_denied`, `variable_unset`, `secret_missing`, or the vault's errors. */
  resolveStdio(definition: ServerDefinition, transport: StdioTransport): Promise<SpawnSpec>
  /**
   * Throws `config_invalid` for a URL that is none or is neither http nor https, else as `resolveStdio`.
   * @param signal ends a `headersHelper` that runs.
   */
  resolveRemote(
    definition: ServerDefinition,
    transport: RemoteTransport,
    signal: AbortSignal,
  ): Promise<RemoteSpec & RemoteAddress>
  /** The address alone, as `resolveRemote` has it; runs no `headersHelper`. */
  resolveUrl(definition: ServerDefinition, transport: RemoteTransport): Promise<RemoteAddress>
}

/** Where a remote server is. */
export interface RemoteAddress {
  readonly url: URL
  /** The same without query and fragment, as it may be kept and shown: what is a secret in it is a reference still. */
  readonly address: string
}

const helperSecretText =
  'Its headersHelper holds a secret, which other programs on this machine can read while it runs. Let it read the secret by itself.'

/** Where the values come from. */
export interface ResolverServices extends FillerServices {
  /** Tells in each server's environment whose it is (`OrphanReaper.mark`). */
  readonly ownerMark: string
  readonly baseEnvironment: () => Promise<BaseEnvironment>
}

/** Resolves launches with this machine's files and commands. */
export function createLaunchResolver(services: ResolverServices): LaunchResolver {
  return {
    prepare: () => void services.baseEnvironment(),

    resolveStdio: async (definition, transport) => {
      const base = await services.baseEnvironment()
      const texts = [
        transport.command,
        ...transport.args,
        ...Object.values(transport.env),
        ...optional(transport.cwd),
        ...optional(transport.envFile),
      ]
      const fill = await createFiller(definition, texts, base.env, services)
      const command = fill(transport.command)
      const args = transport.args.map(fill)
      const ownEnv = mapValues(transport.env, fill)
      const cwd = resolve(
        defaultDirectory(definition, services.homeDir),
        transport.cwd === null ? '.' : fill(transport.cwd),
      )
      const envFile = transport.envFile === null ? null : resolve(cwd, fill(transport.envFile))
      fill.assertComplete()
      for (const secret of argumentSecrets(transport, definition.dialect)) {
        services.onWarning(definition, argumentSecretText(secret))
      }
      await assertDirectory(cwd)
      const env: Record<string, string> = {
        ...base.env,
        ...projectVariables(definition, services.homeDir),
        ...(envFile === null ? {} : await readEnvFile(envFile)),
        ...ownEnv,
        [ownerVariable]: services.ownerMark,
      }
      return { ...findCommand(command, args, env, cwd), env, cwd }
    },

    resolveUrl: async (definition, transport) => {
      const base = await services.baseEnvironment()
      const fill = await createFiller(definition, [transport.url], base.env, services)
      const found = addressOf(transport, fill)
      fill.assertComplete()
      return found
    },

    resolveRemote: async (definition, transport, signal) => {
      const base = await services.baseEnvironment()
      const texts = [
        transport.url,
        ...Object.values(transport.headers),
        ...optional(transport.headersHelper),
      ]
      const fill = await createFiller(definition, texts, base.env, services)
      const found = addressOf(transport, fill)
      const headers = mapValues(transport.headers, fill)
      const helper = transport.headersHelper === null ? null : fill(transport.headersHelper)
      fill.assertComplete()
      if (holdsSecret(transport.headersHelper ?? '', definition.dialect)) {
        services.onWarning(definition, helperSecretText)
      }
      if (helper === null) return { type: transport.type, ...found, headers }
      const cwd = defaultDirectory(definition, services.homeDir)
      const runHelper = async () => {
        const printed = await runHeadersHelper(helper, base.env, cwd, definition, signal)
        registerHelperValues(definition, printed, services.onSecret)
        return printed
      }
      const printed = await runHelper()
      return { type: transport.type, ...found, headers: { ...headers, ...printed }, runHelper }
    },
  }
}

function addressOf(transport: RemoteTransport, fill: Filler): RemoteAddress {
  const url = parseHttpUrl(fill(transport.url))
  const shown = URL.parse(fill.shown(transport.url))
  // A reference can stand for the beginning too.
  const path =
    shown?.origin === url.origin ? shown.pathname : `/${encodeURIComponent(transport.url)}`
  return { url, address: url.origin + path }
}

/** A command that holds a whole line, as some files have it, is taken apart where no program has that name. */
export function findCommand(
  command: string,
  args: readonly string[],
  env: Environment,
  cwd: string,
) {
  try {
    return resolveCommand(command, args, env, cwd, diskFinder)
  } catch (error) {
    const line = wholeCommandLine(command)
    if (line === null || !(error instanceof AppError)) throw error
    return resolveCommand(line.command, [...line.args, ...args], env, cwd, diskFinder)
  }
}

/** Where a server runs that names no directory: its project's folder, else the home directory. */
export function defaultDirectory(definition: ServerDefinition, homeDir: string): string {
  return definition.project ?? homeDir
}

/** Claude Code tells its servers the folder it works in. */
export function projectVariables(definition: ServerDefinition, homeDir: string): Environment {
  return definition.dialect === 'claude-code'
    ? { CLAUDE_PROJECT_DIR: defaultDirectory(definition, homeDir) }
    : {}
}

/** Throws `config_invalid` for a text that is no http or https address. */
export function parseHttpUrl(text: string): URL {
  const url = URL.parse(text)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new AppError('config_invalid', { reason: 'Its URL is not an http or https address.' })
  }
  return url
}

/** Throws `directory_not_found`. */
export async function assertDirectory(path: string): Promise<void> {
  try {
    if ((await stat(path)).isDirectory()) return
  } catch (error) {
    throw new AppError('directory_not_found', { cwd: path }, { cause: error })
  }
  throw new AppError('directory_not_found', { cwd: path })
}

/** The variables of a file of `NAME=value` lines. Throws `file_unreadable`. */
export async function readEnvFile(path: string): Promise<Environment> {
  try {
    const values: Record<string, string> = {}
    for (const [name, value] of Object.entries(parseEnv(await readSmallFile(path)))) {
      if (value !== undefined) values[name] = value
    }
    return values
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError('file_unreadable', { file: path, reason }, { cause: error })
  }
}

function mapValues(
  record: Readonly<Record<string, string>>,
  change: (value: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}

function optional(value: string | null): string[] {
  return value === null ? [] : [value]
}
