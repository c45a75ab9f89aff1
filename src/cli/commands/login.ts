import { createInterface } from 'node:readline'
import type { Command } from 'commander'
import { openExternal } from '../../headless/open-page.ts'
import type { OauthPatch } from '../../shared/contract/accounts.ts'
import type { HostClient } from '../../shared/contract/contract.ts'
import { readStream } from '../../shared/contract/read-stream.ts'
import { toAppError } from '../../shared/contract/rpc-error.ts'
import type { Account, SignInEvent } from '../../shared/domain/account.ts'
import { errorSentence } from '../../shared/domain/describe-error.ts'
import { AppError } from '../../shared/domain/errors.ts'
import type { ServerId } from '../../shared/domain/ids.ts'
import { qualifiedName } from '../../shared/domain/server-name.ts'
import { askHidden, canAsk, readStdin } from '../ask.ts'
import {
  type CommandContext,
  createContext,
  findServer,
  type GlobalOptions,
  withHost,
} from '../command-context.ts'
import { type ExitCode, exitCode } from '../exit-code.ts'
import { portNumber } from '../parse-option.ts'
import { runCommand } from '../run-command.ts'
import { withVault } from '../vault-access.ts'

interface LoginOptions extends GlobalOptions {
  readonly browser: boolean
  readonly clientId?: string
  readonly clientSecret?: boolean
  readonly clientCredentials?: boolean
  readonly callbackPort?: number
  readonly scope?: string[]
  readonly account?: string
}

/** Adds `login`. */
export function addLoginCommand(program: Command): void {
  program
    .command('login')
    .summary('sign in to a remote server')
    .description(
      'Signs in to a remote server by OAuth: opens its page in your browser, waits for it, and keeps the tokens in the vault. They are renewed by themselves.',
    )
    .argument('<server>', 'name, name@project, or id')
    .option('--no-browser', 'print the address; paste the one that the browser ends at')
    .option('--client-id <id>', 'a client that you registered there; kept with the server')
    .option(
      '--client-secret',
      'ask for its secret, or read it or a private key from stdin; kept in the vault',
    )
    .option('--client-credentials', 'sign in as the client itself, without a person')
    .option('--callback-port <port>', 'the port of its redirect address', portNumber)
    .option('--scope <scopes...>', 'ask for these scopes')
    .option('--account <label>', 'tell two accounts at the same server apart')
    .addHelpText(
      'after',
      '\nExamples:\n  mcp-manager login github\n  mcp-manager login github --no-browser\n  mcp-manager login crm --client-id ID --client-secret --client-credentials',
    )
    .action((server: string, _options: unknown, command: Command) =>
      runCommand(command.optsWithGlobals<LoginOptions>(), (options) => login(server, options)),
    )
}

async function login(name: string, options: LoginOptions): Promise<ExitCode> {
  const context = await createContext(options)
  const { terminal } = context
  return await withHost(context, async ({ client }) => {
    const { definition } = findServer(await client.servers.list(), name)
    const serverId = definition.id
    const patch = await patchOf(options)
    const account = await withVault(context, client, async () => {
      if (Object.keys(patch).length > 0) await client.accounts.setOptions({ serverId, patch })
      return await signIn(context, client, serverId, options.browser)
    })
    terminal.line(`Signed in to ${qualifiedName(definition)} at ${account.issuer}`)
    if (account.scope !== null) terminal.line(`Scopes: ${account.scope}`)
    terminal.value({ account })
    return exitCode.done
  })
}

async function signIn(
  { terminal }: CommandContext,
  client: HostClient,
  serverId: ServerId,
  usesBrowser: boolean,
): Promise<Account> {
  const cancel = new AbortController()
  const onInterrupt = () => cancel.abort()
  process.once('SIGINT', onInterrupt)
  const lines = createInterface({ input: process.stdin })
  lines.on('line', (text) => {
    client.accounts.paste({ serverId, text }).catch((error: unknown) => {
      const { code, data } = toAppError(error)
      terminal.note(errorSentence(code, data))
    })
  })
  const tell = async (event: Extract<SignInEvent, { type: 'authorize' }>) => {
    const isOpened = usesBrowser && (await openExternal(event.url))
    terminal.note(
      isOpened
        ? 'Your browser shows the page of the sign-in. Waiting for it.'
        : `Open this address in a browser:\n\n${event.url}\n`,
    )
    terminal.note(
      'If the browser is on another machine, it ends at an address that it cannot open: paste that address here.',
    )
  }
  try {
    const stream = client.accounts.signIn({ serverId }, { signal: cancel.signal })
    for await (const { items } of readStream(stream, client.streams.ack)) {
      for (const event of items) {
        if (event.type === 'step') terminal.progress(stepTexts[event.step])
        if (event.type === 'authorize') await tell(event)
        if (event.type === 'signed_in') return event.account
      }
    }
    throw new AppError('call_cancelled')
  } catch (error) {
    if (cancel.signal.aborted) throw new AppError('call_cancelled', {}, { cause: error })
    throw error
  } finally {
    process.off('SIGINT', onInterrupt)
    lines.close()
    process.stdin.pause()
  }
}

const stepTexts = {
  discover: 'Looking for the authorization server ...',
  register: 'Making this program known to it ...',
  authorize: 'Waiting for you ...',
  exchange: 'Fetching the tokens ...',
} as const

/** All of stdin: a private key has several lines. */
async function readClientSecret(): Promise<string> {
  const secret = canAsk() ? await askHidden('client secret: ') : await readStdin()
  // An empty one would remove the secret that there is.
  if (secret === '') throw new AppError('invalid_input', { reason: 'stdin has no client secret.' })
  return secret
}

/** What the options state about the sign-in; what is not given stays as it was. */
async function patchOf(options: LoginOptions): Promise<OauthPatch> {
  const { clientId, clientSecret, clientCredentials, callbackPort, scope, account } = options
  const secret = clientSecret === true ? await readClientSecret() : undefined
  return {
    ...(clientId !== undefined && { clientId }),
    ...(secret !== undefined && { clientSecretValue: secret }),
    ...(clientCredentials === true && { grant: 'client_credentials' as const }),
    ...(callbackPort !== undefined && { callbackPort }),
    ...(scope !== undefined && { scopes: scope }),
    ...(account !== undefined && { account }),
  }
}
