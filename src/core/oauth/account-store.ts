import { createHash } from 'node:crypto'
import * as z from 'zod'
import { type Account, accountSchema } from '../../shared/domain/account.ts'
import {
  type AccountId,
  accountIdSchema,
  type SecretName,
  secretNameSchema,
} from '../../shared/domain/ids.ts'
import type { StateFile } from '../storage/state-file.ts'
import { authorizationServerSchema } from './authorization-server.ts'
import type { LongSecrets } from './long-secrets.ts'
import { type OauthClient, oauthClientSchema } from './oauth-client.ts'
import { tokensSchema } from './token-request.ts'

const accountRecordSchema = accountSchema.extend({
  authorizationServer: authorizationServerSchema,
  /** The scopes that the last sign-in asked for. */
  askedScope: z.string().nullable(),
  /** What the server has asked for since, beyond what was granted. */
  missingScope: z.string().nullable(),
  /** A renewal was begun then, and it is not known whether the server carried it out. */
  renewingSince: z.number().nullable(),
})
/** An account with what is needed to renew its tokens. Holds no secret. */
export type AccountRecord = z.infer<typeof accountRecordSchema>

/** What `accounts.json` holds. */
export const accountsSchema = z.object({ accounts: z.array(accountRecordSchema) })

const credentialsSchema = z.object({
  client: oauthClientSchema,
  tokens: tokensSchema,
  /** The resource indicator, whose address may hold a secret. */
  resource: z.string(),
})
/** What the vault holds of an account: who asks for tokens, the tokens, and what they are for. */
export type Credentials = z.infer<typeof credentialsSchema>

/** What became of an account. */
export type AccountChange =
  | { readonly type: 'changed'; readonly account: Account }
  | { readonly type: 'removed'; readonly id: AccountId }

/** The identity of an account: what its tokens are good for. */
export type AccountKey = Pick<Account, 'serverUrl' | 'issuer' | 'resource' | 'clientId' | 'label'>

/** The id of an account. Pure. */
export function accountIdOf(key: AccountKey): AccountId {
  const { serverUrl, issuer, resource, clientId, label } = key
  return accountIdSchema.parse(`acc_${digestOf([serverUrl, issuer, resource, clientId, label])}`)
}

/** Keeps accounts: what is no secret in a state file, tokens and clients in the vault. The one place that writes either. */
export class AccountStore {
  readonly #state: StateFile<z.infer<typeof accountsSchema>>
  readonly #secrets: LongSecrets
  readonly #listeners = new Set<(event: AccountChange) => void>()

  constructor(state: StateFile<z.infer<typeof accountsSchema>>, secrets: LongSecrets) {
    this.#state = state
    this.#secrets = secrets
  }

  list(): readonly AccountRecord[] {
    return this.#state.get().accounts
  }

  get(id: AccountId): AccountRecord | undefined {
    return this.list().find((account) => account.id === id)
  }

  /** The account that a server at this address uses. */
  find(serverUrl: string, label: string): AccountRecord | undefined {
    return this.list().find((one) => one.serverUrl === serverUrl && one.label === label)
  }

  /** Told of each change. The answer ends it. */
  onDidChange(listener: (event: AccountChange) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Stores an account, in place of another one of the same server and label. Throws `state_read_only`. */
  async put(record: AccountRecord): Promise<void> {
    const isReplaced = (one: AccountRecord) =>
      one.id === record.id || (one.serverUrl === record.serverUrl && one.label === record.label)
    const replaced = this.list().filter((one) => isReplaced(one) && one.id !== record.id)
    await this.#state.update(({ accounts }) => ({
      accounts: [...accounts.filter((one) => !isReplaced(one)), record],
    }))
    for (const { id } of replaced) this.#tell({ type: 'removed', id })
    this.#tell({ type: 'changed', account: accountOf(record) })
  }

  /** Changes an account; nothing where it is gone. Throws `state_read_only`. */
  async update(id: AccountId, change: Partial<AccountRecord>): Promise<void> {
    if (this.get(id) === undefined) return
    const { accounts } = await this.#state.update((state) => ({
      accounts: state.accounts.map((one) => (one.id === id ? { ...one, ...change } : one)),
    }))
    const record = accounts.find((one) => one.id === id)
    if (record !== undefined) this.#tell({ type: 'changed', account: accountOf(record) })
  }

  /** Removes an account, its secrets first: no secret is left that nothing names. */
  async remove(id: AccountId): Promise<void> {
    await this.#secrets.delete(credentialsName(id))
    await this.#state.update(({ accounts }) => ({
      accounts: accounts.filter((one) => one.id !== id),
    }))
    this.#tell({ type: 'removed', id })
  }

  /** Null where there are none. Throws the vault's errors. */
  async readCredentials(id: AccountId): Promise<Credentials | null> {
    const parsed = credentialsSchema.safeParse(await this.#secrets.get(credentialsName(id)))
    return parsed.success ? parsed.data : null
  }

  /** Throws the vault's errors. */
  async writeCredentials(id: AccountId, credentials: Credentials): Promise<void> {
    await this.#secrets.set(credentialsName(id), credentials)
  }

  /** Removes what the vault holds of an account that is kept no longer. Throws the vault's errors. */
  async deleteCredentials(id: AccountId): Promise<void> {
    await this.#secrets.delete(credentialsName(id))
  }

  /** The client that was registered at an issuer, or null. Throws the vault's errors. */
  async readClient(issuer: string): Promise<OauthClient | null> {
    const parsed = oauthClientSchema.safeParse(await this.#secrets.get(clientName(issuer)))
    return parsed.success ? parsed.data : null
  }

  /** Throws the vault's errors. */
  async writeClient(issuer: string, client: OauthClient): Promise<void> {
    await this.#secrets.set(clientName(issuer), client)
  }

  /** Forgets the client that was registered at an issuer, unless it is another one. Throws the vault's errors. */
  async deleteClient(issuer: string, clientId: string): Promise<void> {
    const held = await this.readClient(issuer)
    if (held?.clientId === clientId) await this.#secrets.delete(clientName(issuer))
  }

  #tell(event: AccountChange): void {
    for (const listener of this.#listeners) listener(event)
  }
}

/** What of a record is shown. Pure. */
export function accountOf(record: AccountRecord): Account {
  return accountSchema.parse(record)
}

function credentialsName(id: AccountId): SecretName {
  return secretNameSchema.parse(`oauth.${id}`)
}

function clientName(issuer: string): SecretName {
  return secretNameSchema.parse(`oauth.client.${digestOf([issuer])}`)
}

function digestOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
}
