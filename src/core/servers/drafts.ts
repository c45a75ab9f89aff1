import type { DraftInput, LaunchPreview } from '../../shared/contract/servers.ts'
import { AppError } from '../../shared/domain/errors.ts'
import type { SecretName } from '../../shared/domain/ids.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'
import { createRedactor } from '../secrets/redaction.ts'
import type { ResolveExternal } from '../secrets/references/resolve-external.ts'
import type { VaultHolder } from '../secrets/vault-holder.ts'
import { ConnectionTest, type TestSink } from './connection-test.ts'
import { type DraftDefinition, draftDefinition } from './draft-definition.ts'
import { EraCache, type EraVerdicts } from './era-cache.ts'
import type { BaseEnvironment } from './login-shell-env.ts'
import { previewLaunch } from './preview-launch.ts'
import { createLaunchResolver } from './resolve-launch.ts'
import type { LaunchServices } from './server-launch.ts'
import type { ServerRegistry } from './server-registry.ts'

/** What drafts need of their surroundings. */
export interface DraftServices {
  readonly registry: ServerRegistry
  readonly vault: Pick<VaultHolder, 'get' | 'has'>
  readonly homeDir: string
  readonly baseEnvironment: () => Promise<BaseEnvironment>
  readonly launch: Pick<LaunchServices, 'queue' | 'timing' | 'orphans' | 'trees' | 'accounts'>
  /** What every server's environment carries under `ownerVariable`. */
  readonly ownerMark: string
  /** Fetches the value of a reference to elsewhere. */
  readonly resolveExternal: ResolveExternal
  /** What is known of the eras of servers; a test adds nothing to it. */
  readonly eraVerdicts: () => EraVerdicts
  /** Takes the secrets out of a text that the servers of this program use. */
  readonly redact: (text: string) => string
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
}

/** Servers that a person is still writing: shows what they would run, and tries them out. Nothing of them is stored. */
export class Drafts {
  readonly #services: DraftServices
  readonly #running = new Set<ConnectionTest>()
  #closed = false

  constructor(services: DraftServices) {
    this.#services = services
  }

  /** What a draft would run. Starts nothing. Throws `not_found` for the id of no server. */
  async preview(input: DraftInput): Promise<LaunchPreview> {
    const { vault, homeDir, baseEnvironment } = this.#services
    const { definition, literals } = this.#definitionOf(input)
    return await previewLaunch(definition, {
      homeDir,
      baseEnvironment,
      hasSecret: async (name) => literals.has(name) || (await vault.has(name)),
      inputValues: input.inputValues,
    })
  }

  /**
   * Starts a draft apart from all servers, lists what it offers, and stops it again. Throws `not_found` for the id of no
   * server.
   * @returns ends the test before its end.
   */
  test(input: DraftInput, sink: TestSink): () => void {
    const { launch, ownerMark, homeDir, baseEnvironment, eraVerdicts, now, redact } = this.#services
    const draft = this.#definitionOf(input)
    const redactor = createRedactor()
    const test = new ConnectionTest(
      draft.definition,
      {
        launch: {
          ...launch,
          eraCache: new EraCache(eraVerdicts(), () => {}),
          resolver: createLaunchResolver({
            homeDir,
            ownerMark,
            baseEnvironment,
            readSecret: this.#secretReader(draft, input.inputValues),
            resolveExternal: this.#services.resolveExternal,
            onSecret: (name, value) => redactor.set(name, value),
            onWarning: () => {},
          }),
        },
        redact: (text) => redact(redactor.redact(text)),
        now,
      },
      sink,
    )
    this.#running.add(test)
    void test.done.then(() => this.#running.delete(test))
    test.start()
    if (this.#closed) test.cancel(new AppError('call_cancelled'))
    return () => test.cancel()
  }

  /** Ends all tests; resolves when nothing of them is left. None begins any more after that. */
  async close(): Promise<void> {
    this.#closed = true
    const running = [...this.#running]
    for (const test of running) test.cancel(new AppError('call_cancelled'))
    await Promise.all(running.map((test) => test.done))
  }

  #definitionOf({ id, draft }: DraftInput): DraftDefinition {
    return draftDefinition(draft, id === null ? null : this.#services.registry.get(id))
  }

  /** What the draft itself gives goes before the vault. */
  #secretReader(
    { definition, literals }: DraftDefinition,
    inputValues: DraftInput['inputValues'],
  ): (name: SecretName) => Promise<string | null> {
    const given = new Map([...literals, ...inputsOf(definition, inputValues)])
    return async (name) => given.get(name) ?? (await this.#services.vault.get(name))
  }
}

function inputsOf(
  definition: ServerDefinition,
  values: Readonly<Record<string, string>>,
): [SecretName, string][] {
  const given = new Map(Object.entries(values))
  return definition.inputs.flatMap(({ id, secret }): [SecretName, string][] => {
    const value = given.get(id)
    return value === undefined ? [] : [[secret, value]]
  })
}
