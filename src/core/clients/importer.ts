import type { ImportReport } from '../../shared/contract/clients.ts'
import type { SecretName, ServerId } from '../../shared/domain/ids.ts'
import type { ImportProblem } from '../../shared/domain/import.ts'
import type { ClientFormat, ServerDefinition } from '../../shared/domain/server-definition.ts'
import { secretNamesIn, secretNamesInLaunch } from '../secrets/secret-references.ts'
import type { VaultHolder } from '../secrets/vault-holder.ts'
import { withoutStrayNames } from '../secrets/without-stray-names.ts'
import { createServerId, type ServerRegistry } from '../servers/server-registry.ts'
import { type ExtractedServer, extractFound } from './extract-found.ts'
import { applyMcpJsonChoices } from './formats/claude-json.ts'
import { importedDefinition, updatedDefinition } from './import-definition.ts'
import { goneProblem, leftOutProblems, plannedProblems } from './import-problems.ts'
import { reportOf, reportOfDefinition } from './import-report.ts'
import { mergeFound } from './merge-found.ts'
import { findGone, isSamePlace, type Place, type PlannedServer, planImport } from './plan-import.ts'
import { type Reading, readFoundFiles, readGivenFiles } from './read-client-files.ts'

/** What is to be imported. */
export interface ImportRequest {
  /** None: all that can be found on this machine. */
  readonly files: readonly { readonly file: string; readonly format: ClientFormat | null }[]
  readonly dryRun: boolean
  readonly start: boolean
}

/** What the importer works on. */
export interface ImporterServices {
  readonly registry: ServerRegistry
  readonly vault: VaultHolder
  readonly homeDir: string
  readonly env: NodeJS.ProcessEnv
  /** Stops a server for this run. */
  readonly stop: (id: ServerId) => void
}

/**
 * Reads clients' files and registers their servers. It never writes to a file that it reads and runs nothing. A second
 * import of the same files changes nothing.
 */
export class Importer {
  readonly #services: ImporterServices

  constructor(services: ImporterServices) {
    this.#services = services
  }

  /** Runs one import. Answers with the report and the ids of all servers that were found and kept. */
  async run(request: ImportRequest): Promise<{ report: ImportReport; imported: ServerId[] }> {
    const problems: ImportProblem[] = []
    const { registry, vault } = this.#services
    const readings = await this.#read(request, problems)
    const registered = registry.list()
    const usedBy = registry.secretNames()
    const extracted: ExtractedServer[] = []
    const found = applyMcpJsonChoices(
      readings.flatMap((reading) => reading.servers),
      readings.flatMap((reading) => reading.choices),
    )
    for (const server of mergeFound(found)) {
      const own = ownSecrets(registered, server.sources)
      extracted.push(
        await withoutStrayNames(
          vault,
          (isStray) =>
            extractFound(
              server,
              (name) =>
                (usedBy.has(name) && !own.has(name)) ||
                usesSecret(extracted, name) ||
                isStray(name),
            ),
          // A name that the client keeps the value of is an invitation to put one there.
          (one) => one.secrets.map(({ name }) => name).filter((name) => !own.has(name)),
        ),
      )
    }
    const vaultReady = extracted.every((one) => one.secrets.length === 0)
      ? true
      : await vault.isReady()
    const planned: PlannedServer[] = []
    for (const one of planImport(extracted, registered)) {
      const isOther =
        vaultReady &&
        one.change === 'unchanged' &&
        !one.existing.editedHere &&
        (await this.#runsOtherwise(one))
      planned.push(isOther ? { ...one, change: 'changed' } : one)
    }
    const wholeFiles = new Set(readings.filter((one) => one.isWhole).map((one) => one.file))
    const gone = findGone(planned, registered, wholeFiles)
    for (const server of gone) problems.push(goneProblem(server))
    for (const one of planned) problems.push(...plannedProblems(one, request.start))

    const places = planned.flatMap((one) => one.found.server.sources)
    if (!request.dryRun) await this.#switchOffChanged(planned, places, request.start)
    const changedSecrets = new Set<PlannedServer>()
    if (vaultReady) {
      for (const one of planned) {
        if (await this.#storeSecrets(one, request.dryRun)) changedSecrets.add(one)
      }
    }
    const status = vaultReady ? null : await vault.status()
    // A locked vault may hold what an unchanged file says; that cannot be compared now, and nothing is lost.
    const leftOut =
      status === null
        ? []
        : planned.filter(
            (one) =>
              one.found.secrets.length > 0 &&
              !(status.state === 'locked' && one.change === 'unchanged'),
          )
    if (status !== null) problems.push(...leftOutProblems(leftOut, status))
    const imported = request.dryRun ? [] : await this.#save(planned, places, request.start)
    return {
      imported,
      report: {
        servers: planned.map((one) => reportOf(one, changedSecrets.has(one))),
        gone: gone.map((server) => reportOfDefinition(server, 'gone')),
        problems,
        files: readings.map(({ client, file, servers }) => ({
          client,
          file,
          servers: servers.length,
        })),
        secretsLeftOut: leftOut.length > 0,
      },
    }
  }

  async #read(request: ImportRequest, problems: ImportProblem[]): Promise<Reading[]> {
    const { homeDir, env, registry } = this.#services
    if (request.files.length > 0) return await readGivenFiles(request.files, homeDir, problems)
    const projects = registry.list().flatMap(({ project }) => (project === null ? [] : [project]))
    return await readFoundFiles({ homeDir, env, projects: [...new Set(projects)] }, problems)
  }

  /** Whether a secret in what says what is run (not in `env` or a header) has another value in its file than here. */
  async #runsOtherwise(
    one: Extract<PlannedServer, { change: 'unchanged' | 'changed' }>,
  ): Promise<boolean> {
    const { vault } = this.#services
    const inLaunch = secretNamesInLaunch(one.existing)
    for (const { name, value } of one.found.secrets) {
      if (!inLaunch.includes(name)) continue
      const before = await vault.get(name)
      if (before !== null && before !== value) return true
    }
    return false
  }

  /**
   * Stops what changed, and switches it off unless `start`. Before anything of the change is stored, secrets too: it would
   * else restart as what nobody has looked at.
   */
  async #switchOffChanged(
    planned: readonly PlannedServer[],
    places: readonly Place[],
    start: boolean,
  ): Promise<void> {
    const { registry, stop } = this.#services
    for (const one of planned) {
      if (one.change !== 'changed') continue
      const current = this.#current(one.existing)
      if (current === null || current.editedHere) continue
      if (updatedDefinition(one, current, start, places).enabled) continue
      stop(current.id)
      if (current.enabled) {
        await registry.change(current.id, (server) => ({ ...server, enabled: false }))
      }
    }
  }

  /** The definition as it is now; null where it was removed while the import ran. */
  #current({ id }: ServerDefinition): ServerDefinition | null {
    return this.#services.registry.list().find((server) => server.id === id) ?? null
  }

  /** Puts the secrets of one server into the vault. Answers whether one of them differs from what was there. */
  async #storeSecrets(one: PlannedServer, dryRun: boolean): Promise<boolean> {
    const { vault } = this.#services
    if (one.change !== 'new' && this.#current(one.existing)?.editedHere !== false) return false
    // A server that is registered from another file keeps its own secrets; those of this file would belong to nobody.
    const kept = one.change === 'unchanged' ? secretNamesIn(one.existing) : null
    let changed = false
    for (const { name, value } of one.found.secrets) {
      if (kept?.includes(name) === false) continue
      const before = await vault.get(name)
      if (before === value) continue
      changed = true
      if (!dryRun) await vault.set(name, value)
    }
    return changed
  }

  async #save(
    planned: readonly PlannedServer[],
    places: readonly Place[],
    start: boolean,
  ): Promise<ServerId[]> {
    const { registry } = this.#services
    const added: ServerDefinition[] = []
    const ids: ServerId[] = []
    for (const one of planned) {
      if (one.change === 'new') {
        const server = importedDefinition(one, createServerId(), start)
        added.push(server)
        ids.push(server.id)
        continue
      }
      const current = this.#current(one.existing)
      if (current === null) continue
      const update = (server: ServerDefinition) => updatedDefinition(one, server, start, places)
      if (JSON.stringify(update(current)) !== JSON.stringify(current)) {
        await registry.change(current.id, update)
      }
      ids.push(current.id)
    }
    await registry.add(added)
    await this.#forgetUnused(planned)
    return ids
  }

  /** Secrets of changed servers that nothing refers to any more. */
  async #forgetUnused(planned: readonly PlannedServer[]): Promise<void> {
    const { registry, vault } = this.#services
    const before = planned.flatMap((one) =>
      one.change === 'changed' ? secretNamesIn(one.existing) : [],
    )
    if (before.length === 0 || !(await vault.isReady())) return
    const used = registry.secretNames()
    for (const name of new Set(before)) {
      if (!used.has(name)) await vault.delete(name)
    }
  }
}

function secretUsers(servers: readonly ServerDefinition[]): ReadonlySet<SecretName> {
  return new Set(servers.flatMap((server) => secretNamesIn(server)))
}

/** The secrets of the registered server that came from the same place: their names are used again. */
function ownSecrets(
  servers: readonly ServerDefinition[],
  sources: ExtractedServer['server']['sources'],
): ReadonlySet<SecretName> {
  const own = servers.filter((server) =>
    server.sources.some((a) => sources.some((b) => isSamePlace(a, b))),
  )
  return secretUsers(own)
}

function usesSecret(extracted: readonly ExtractedServer[], name: SecretName): boolean {
  return extracted.some(
    (one) => one.secrets.some((secret) => secret.name === name) || one.withoutValue.includes(name),
  )
}
