import type { HostClient } from '../shared/contract/contract.ts'
import { toAppError } from '../shared/contract/rpc-error.ts'
import type { ErrorCode } from '../shared/domain/errors.ts'
import type { ServerView } from '../shared/domain/server-view.ts'
import { minPassphraseLength } from '../shared/domain/vault-passphrase.ts'
import { askPassphrase, canAsk } from './ask.ts'
import type { CommandContext } from './command-context.ts'

/** How often a passphrase may be wrong before a command goes on without. */
const maxTries = 3

const vaultErrors: ReadonlySet<ErrorCode> = new Set([
  'vault_unavailable',
  'vault_locked',
  'secret_missing',
])

/**
 * Opens the vault where it needs a passphrase and a person at a terminal gives it; the new one of a vault file that is
 * about to be made is asked for twice. Nothing is asked of a script; what it cannot keep is said in the answer.
 * @returns whether secrets can be read and kept now.
 */
export async function openVaultByPassphrase(
  { terminal }: CommandContext,
  client: HostClient,
): Promise<boolean> {
  const { vault } = await client.host.info()
  if (vault.state === 'ready') return true
  // A locked keychain is the system's to unlock; a vault file beside it would split the secrets in two.
  if (vault.kind === 'keychain' || !canAsk()) return false
  const isNew = vault.kind === 'none'
  terminal.note(
    isNew
      ? `No system keychain answers. Secrets go to an encrypted file; choose a passphrase of ${minPassphraseLength} characters or more for it. Nobody can recover it. An empty one leaves them out.`
      : 'The vault is locked. An empty passphrase leaves it so.',
  )
  for (let attempt = 1; attempt <= maxTries; attempt += 1) {
    const passphrase = await askPassphrase(isNew)
    if (passphrase === '') return false
    if (isNew && Array.from(passphrase).length < minPassphraseLength) {
      terminal.note(`It has to have ${minPassphraseLength} characters or more.`)
      continue
    }
    try {
      await client.host.unlockVault({ passphrase })
      return true
    } catch (error) {
      const failure = toAppError(error)
      if (failure.code !== 'vault_locked') throw failure
      terminal.note('That passphrase does not open the vault.')
    }
  }
  return false
}

/** Runs what may need the vault; where it fails for want of it and a person then opens it, runs it once more. */
export async function withVault<T>(
  context: CommandContext,
  client: HostClient,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run()
  } catch (error) {
    const failure = toAppError(error)
    if (!vaultErrors.has(failure.code) || !(await openVaultByPassphrase(context, client))) {
      throw failure
    }
    return await run()
  }
}

/** Opens the vault before these servers start, if one of them needs a secret. */
export async function openVaultFor(
  context: CommandContext,
  client: HostClient,
  servers: readonly ServerView[],
): Promise<boolean> {
  if (!canAsk() || !servers.some(usesSecret)) return false
  return await openVaultByPassphrase(context, client)
}

function usesSecret({ definition }: ServerView): boolean {
  return definition.inputs.length > 0 || JSON.stringify(definition.transport).includes('secret://')
}

/** Opens the vault of a host that has just started; the host then starts what could not start without it. */
export async function openVaultOfNewHost(
  context: CommandContext,
  client: HostClient,
): Promise<void> {
  const servers = (await client.servers.list()).filter(({ definition }) => definition.enabled)
  await openVaultFor(context, client, servers)
}
