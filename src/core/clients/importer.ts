import { randomUUID } from 'node:crypto'
import type { ChosenServer, ImportReport } from '../../shared/contract/clients.ts'
import type { ErrorInfo } from '../../shared/domain/errors.ts'
import type { SecretName, ServerId } from '../../shared/domain/ids.ts'
import type { ImportProblem } from '../../shared/domain/import.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'
import { secretNamesIn, secretNamesInLaunch } from '../secrets/secret-references.ts'
import type { VaultHolder } from '../secrets/vault-holder.ts'
import { createServerId, type ServerRegistry } from '../servers/server-registry.ts'
import type { ExtractedServer, FoundSecret } from './extract-found.ts'
import { extractServers } from './extract-servers.ts'
import { applyMcpJsonChoices } from './formats/claude-json.ts'
import { importedDefinition, updatedDefinition } from './import-definition.ts'
import { goneProblem, leftOutProblems, plannedProblems } from './import-problems.ts'
import { reportOf, reportOfDefinition } from './import-report.ts'
import type { MoveStore } from './literals/move-store.ts'
import { fillMoved, serversIn } from './literals/read-moved.ts'
import { mergeFound } from './merge-found.ts'
import { findGone, type Place, type PlannedServer, planImport } from './plan-import.ts'
import {
  type GivenFile,
  type Reading,
  readFoundFiles,
  readGivenFiles,
} from './read-client-files.ts'
import { createShownDigest } from './shown-digest.ts'

/** What is to be imported. */
export interface ImportRequest {
  /** None: all that can be found on this machine. */
  readonly files: readonly GivenFile[]
  readonly dryRun: boolean
  readonly start: boolean
  /** Only these servers, by the names that the report gives them, and only as it showed them; null: all. */
  readonly only: readonly ChosenServer[] | null
  /** Names of secrets that are not to be put into the vault. */
  readonly leaveOut: readonly string[]
}

/** What holds for a whole import. */
interface Run {
  /** Where all its servers stand. */
  readonly places: readonly Place[]
  readonly start: boolean
  /** Tells it from all others. */
  readonly paste: string
}

/** What the importer works on. */
export interface ImporterServices {
  readonly registry: ServerRegistry
  readonly vault: VaultHolder
  /** What was moved out of clients' files. */
  readonly moves: Pick<MoveStore, 'list'>
  readonly homeDir: string
  readonly env: NodeJS.ProcessEnv
  /** What would keep a server from running; null: nothing known. Bounded in time, and starts nothing of the server. */
  readonly launchWarning: (
    server: ServerDefinition,
    /** Of secrets that are on their way to the vault, or will not be there. */
    atHand: (name: SecretName) => boolean | null,
  ) => Promise<ErrorInfo | null>
  /** Stops a server for this run. */
  readonly stop: (id: ServerId) => void
}

/**
 * Reads clients' files and registers their servers. It never writes to a file that it reads and runs nothing. A second
 * import of the same files changes nothing.
 */
export class Importer {
  readonly #services: ImporterServices
  readonly #digestOf = createShownDigest()

  constructor(services: ImporterServices) {
    this.#services = services
  }

  /** Runs one import. Answers with the report and the ids of all servers that were found and kept. */
  async run(request: ImportRequest): Promise<{ report: ImportReport; imported: ServerId[] }> {
    const problems: ImportProblem[] = []
    const paste = randomUUID()
    const { registry, vault, moves } = this.#services
    const readings = await this.#read(request, problems)
    const registered = registry.list()
    const found = applyMcpJsonChoices(
      await serversIn(readings, moves.list()),
      readings.flatMap((reading) => reading.choices),
    )
    const filled = await fillMoved(moves.list(), vault)
    const leaveOut = new Set(request.leaveOut)
    const extracted = (await extractServers(mergeFound(found, filled), registry, vault)).map(
      (one) => withoutValues(one, leaveOut),
    )
    const vaultReady = extracted.every((one) => one.secrets.length === 0)
      ? true
      : await vault.isReady()
    const all: PlannedServer[] = []
    for (const one of planImport(extracted, registered)) {
      const isOther =
        vaultReady &&
        one.change === 'unchanged' &&
        !one.existing.editedHere &&
        (await this.#runsOtherwise(one))
      all.push(isOther ? { ...one, change: 'changed' } : one)
    }
    // The others take part in the planning, so that names come out as in the preview of all.
    const isChosen = (one: PlannedServer, chosen: ChosenServer) =>
      isNamed(one, chosen) && this.#digestOf(one.found) === chosen.digest
    const { only } = request
    const planned =
      only === null ? all : all.filter((one) => only.some((chosen) => isChosen(one, chosen)))
    const notAsShown = (only ?? []).filter((chosen) => !planned.some((one) => isNamed(one, chosen)))
    const wholeFiles = new Set(readings.filter((one) => one.isWhole).map((one) => one.file))
    const gone = findGone(all, registered, wholeFiles)
    for (const server of gone) problems.push(goneProblem(server))
    for (const one of planned) problems.push(...plannedProblems(one, request.start))

    const places = planned.flatMap((one) => one.found.server.sources)
    if (!request.dryRun)
      await this.#switchOffChanged(planned, { places, start: request.start, paste })
    const changedSecrets = new Set<PlannedServer>()
    if (vaultReady) {
      const values = new Map<SecretName, string>()
      for (const one of planned) {
        const changed = await this.#changedSecrets(one)
        if (changed.length > 0) changedSecrets.add(one)
        for (const { name, value } of changed) values.set(name, value)
      }
      if (!request.dryRun) await vault.setAll(values)
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
    const warnings = await Promise.all(
      planned.map((one) => {
        const after =
          one.change === 'new'
            ? importedDefinition(one, newServer(), false, paste)
            : updatedDefinition(one, one.existing, false, places, paste)
        return this.#services.launchWarning(after, valuesAtHand(one))
      }),
    )
    const imported = request.dryRun
      ? []
      : await this.#save(planned, { places, start: request.start, paste })
    return {
      imported,
      report: {
        servers: planned.map((one, index) =>
          reportOf(
            one,
            this.#digestOf(one.found),
            changedSecrets.has(one),
            warnings[index] ?? null,
          ),
        ),
        notAsShown: notAsShown.map(({ name, scope, project }) => ({ name, scope, project })),
        gone: gone.map((server) => reportOfDefinition(server, 'gone')),
        problems,
        files: readings.map(({ client, file, servers, isDamaged }) => ({
          client,
          file,
          servers: servers.length,
          isDamaged,
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
    { places, start, paste }: Run,
  ): Promise<void> {
    const { registry, stop } = this.#services
    for (const one of planned) {
      if (one.change !== 'changed') continue
      const current = this.#current(one.existing)
      if (current === null || current.editedHere) continue
      if (updatedDefinition(one, current, start, places, paste).enabled) continue
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

  /** The secrets of one server that the vault is to keep and does not hold yet. */
  async #changedSecrets(one: PlannedServer): Promise<FoundSecret[]> {
    const { vault } = this.#services
    if (one.change !== 'new' && this.#current(one.existing)?.editedHere !== false) return []
    // A server that is registered from another file keeps its own secrets; those of this file would belong to nobody.
    const kept = one.change === 'unchanged' ? secretNamesIn(one.existing) : null
    const changed: FoundSecret[] = []
    for (const secret of one.found.secrets) {
      if (kept?.includes(secret.name) === false) continue
      if ((await vault.get(secret.name)) !== secret.value) changed.push(secret)
    }
    return changed
  }

  async #save(
    planned: readonly PlannedServer[],
    { places, start, paste }: Run,
  ): Promise<ServerId[]> {
    const { registry } = this.#services
    const added: ServerDefinition[] = []
    const ids: ServerId[] = []
    for (const one of planned) {
      if (one.change === 'new') {
        const server = importedDefinition(one, newServer(), start, paste)
        added.push(server)
        ids.push(server.id)
        continue
      }
      const current = this.#current(one.existing)
      if (current === null) continue
      const update = (server: ServerDefinition) =>
        updatedDefinition(one, server, start, places, paste)
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

function newServer(): Pick<ServerDefinition, 'id' | 'inputs'> {
  return { id: createServerId(), inputs: [] }
}

/** The server without the secrets that a person leaves out: its references to them stay, and have no value. */
function withoutValues(one: ExtractedServer, leaveOut: ReadonlySet<string>): ExtractedServer {
  const leftOut = one.secrets.filter(({ name }) => leaveOut.has(name))
  if (leftOut.length === 0) return one
  return {
    ...one,
    secrets: one.secrets.filter(({ name }) => !leaveOut.has(name)),
    leftOut,
  }
}

function isNamed(one: PlannedServer, { name, scope, project }: ChosenServer): boolean {
  const { server } = one.found
  return one.name === name && server.scope === scope && server.project === project
}

/** Whether a secret will be in the vault after this import; null: it is not of this import. */
function valuesAtHand({ found }: PlannedServer): (name: SecretName) => boolean | null {
  return (name) => {
    if (found.secrets.some((secret) => secret.name === name)) return true
    return found.leftOut.some((secret) => secret.name === name) ? false : null
  }
}
