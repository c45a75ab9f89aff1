import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { ImportedServer, ImportReport } from '../../shared/contract/clients.ts'
import type { SecretName, ServerId } from '../../shared/domain/ids.ts'
import type { ClientFile, FoundServer, ImportProblem } from '../../shared/domain/import.ts'
import type { ClientFormat, ServerDefinition } from '../../shared/domain/server-definition.ts'
import type { VaultHolder } from '../secrets/vault-holder.ts'
import { createServerId, type ServerRegistry } from '../servers/server-registry.ts'
import { detectFormat } from './detect-format.ts'
import { discoverClientFiles } from './discover-client-files.ts'
import {
  type ExtractedServer,
  extractFound,
  fingerprintOf,
  secretNamesIn,
} from './extract-found.ts'
import {
  applyMcpJsonChoices,
  type McpJsonChoice,
  readMcpJsonChoices,
} from './formats/claude-json.ts'
import { mergeFound } from './merge-found.ts'
import { parseClientFile } from './parse-client-file.ts'
import { findGone, type PlannedServer, planImport } from './plan-import.ts'
import { statedEnvKeys, statedHeaderKeys } from './stated-keys.ts'

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

/** What was read of one file. */
interface Reading {
  readonly client: ClientFormat
  readonly file: string
  readonly servers: readonly FoundServer[]
  /** Answers about `.mcp.json` servers that Claude Code keeps in its own file. */
  readonly choices: readonly McpJsonChoice[]
  /** Nothing in it was lost to a fault, so a server that it lacks is gone. */
  readonly isWhole: boolean
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
    const readings = await this.#readAll(request, problems)
    const { registry, vault } = this.#services
    const registered = registry.list()
    const usedBy = secretUsers(registered)
    const extracted: ExtractedServer[] = []
    const found = applyMcpJsonChoices(
      readings.flatMap((reading) => reading.servers),
      readings.flatMap((reading) => reading.choices),
    )
    for (const server of mergeFound(found)) {
      const own = ownSecrets(registered, server.sources)
      extracted.push(
        extractFound(
          server,
          (name) => (usedBy.has(name) && !own.has(name)) || usesSecret(extracted, name),
        ),
      )
    }
    const planned = planImport(extracted, registered)
    const wholeFiles = new Set(readings.filter((one) => one.isWhole).map((one) => one.file))
    const gone = findGone(planned, registered, wholeFiles)
    for (const server of gone) problems.push(goneProblem(server))
    for (const one of planned) problems.push(...this.#plannedProblems(one, request))

    const vaultReady = planned.every((one) => one.found.secrets.length === 0)
      ? true
      : await vault.isReady()
    const changedSecrets = new Set<PlannedServer>()
    if (vaultReady) {
      for (const one of planned) {
        if (await this.#storeSecrets(one, request.dryRun)) changedSecrets.add(one)
      }
    } else {
      problems.push(...(await this.#leftOutProblems(planned)))
    }
    const imported = request.dryRun ? [] : await this.#save(planned, request.start)
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
        secretsLeftOut: !vaultReady,
      },
    }
  }

  async #readAll(request: ImportRequest, problems: ImportProblem[]): Promise<Reading[]> {
    const { homeDir, env } = this.#services
    if (request.files.length > 0) {
      const readings = await Promise.all(
        request.files.map((one) => this.#readGiven(resolve(one.file), one.format, problems)),
      )
      return readings.filter((reading) => reading !== undefined)
    }
    const projects = this.#services.registry
      .list()
      .flatMap((server) => (server.project === null ? [] : [server.project]))
    const files = await discoverClientFiles({
      homeDir,
      env,
      platform: process.platform,
      projects: [...new Set(projects)],
    })
    if (files.length === 0) {
      problems.push({
        file: null,
        line: null,
        column: null,
        message:
          'No file of a known client was found on this machine. Give the path of one to import it.',
      })
    }
    const readings: Reading[] = []
    for (const file of files) {
      const reading = await this.#readFound(file, problems)
      if (reading !== undefined) readings.push(reading)
    }
    return readings
  }

  async #readGiven(
    file: string,
    format: ClientFormat | null,
    problems: ImportProblem[],
  ): Promise<Reading | undefined> {
    const text = await readText(file, problems)
    if (text === undefined) return undefined
    const client = format ?? detectFormat(file, text)
    if (client === null) {
      problems.push({
        file,
        line: null,
        column: null,
        message:
          'It is not a file of a known client, or it is too damaged to tell. Nothing was imported from it; name the client with --as.',
      })
      return undefined
    }
    return this.#parse({ client, file, text }, problems)
  }

  async #readFound(found: ClientFile, problems: ImportProblem[]): Promise<Reading | undefined> {
    const text = await readText(found.file, problems)
    if (text === undefined) return undefined
    const placement = { scope: found.scope, project: found.project }
    return this.#parse({ client: found.client, file: found.file, text, placement }, problems)
  }

  #parse(
    input: {
      readonly client: ClientFormat
      readonly file: string
      readonly text: string
      readonly placement?: Pick<ClientFile, 'scope' | 'project'>
    },
    problems: ImportProblem[],
  ): Reading {
    const parsed = parseClientFile({
      format: input.client,
      file: input.file,
      text: input.text,
      homeDir: this.#services.homeDir,
      platform: process.platform,
      ...(input.placement !== undefined && { placement: input.placement }),
    })
    problems.push(...parsed.problems)
    return {
      client: input.client,
      file: input.file,
      servers: parsed.servers,
      choices: input.client === 'claude-json' ? readMcpJsonChoices(input.text) : [],
      isWhole: !parsed.problems.some((problem) => problem.message.startsWith('Syntax:')),
    }
  }

  #plannedProblems(one: PlannedServer, request: ImportRequest): ImportProblem[] {
    const file = one.found.server.sources[0]?.file ?? null
    const problem = (message: string): ImportProblem => ({
      file,
      line: null,
      column: null,
      message,
    })
    const problems: ImportProblem[] = []
    const { server, withoutValue } = one.found
    if (one.change === 'new' && one.name !== server.name) {
      problems.push(
        problem(
          `Another server is already called ${server.name}. This one was named ${one.name}; rename it if you like.`,
        ),
      )
    }
    if (one.change === 'new' && withoutValue.length > 0) {
      problems.push(
        problem(
          `${one.name} gets ${withoutValue.length} values from its client's own keychain, which cannot be read. Give them with: mcp-manager edit ${one.name} --env NAME=-`,
        ),
      )
    }
    if (one.change === 'changed') {
      problems.push(
        problem(
          one.editedHere
            ? `${one.name} changed in its file and was also edited here. Your own version was kept.`
            : request.start
              ? `${one.name} changed in its file. The new version was taken over.`
              : `${one.name} changed in its file. The new version was taken over and switched off; look at it, then switch it on.`,
        ),
      )
    }
    return problems
  }

  async #leftOutProblems(planned: readonly PlannedServer[]): Promise<ImportProblem[]> {
    const status = await this.#services.vault.status()
    const why =
      status.state === 'locked'
        ? 'the vault is locked. Give its passphrase or key'
        : 'there is no place to keep them. Unlock the system keychain, or set MCP_MANAGER_VAULT_KEY to 16 characters or more, or run this in a terminal to give a passphrase'
    return planned
      .filter((one) => one.found.secrets.length > 0)
      .map((one) => ({
        file: one.found.server.sources[0]?.file ?? null,
        line: null,
        column: null,
        message: `${one.name}: its secrets were left out (${one.found.secrets.map((secret) => secret.name).join(', ')}), because ${why}; then import again.`,
      }))
  }

  /** Puts the secrets of one server into the vault. Answers whether one of them differs from what was there. */
  async #storeSecrets(one: PlannedServer, dryRun: boolean): Promise<boolean> {
    const { vault } = this.#services
    if (one.change !== 'new' && one.editedHere) return false
    let changed = false
    for (const { name, value } of one.found.secrets) {
      const before = await vault.get(name)
      if (before === value) continue
      changed = true
      if (!dryRun) await vault.set(name, value)
    }
    return changed
  }

  async #save(planned: readonly PlannedServer[], start: boolean): Promise<ServerId[]> {
    const { registry } = this.#services
    const added: ServerDefinition[] = []
    const ids: ServerId[] = []
    for (const one of planned) {
      if (one.change === 'new') {
        const server = definitionOf(one, createServerId(), start)
        added.push(server)
        ids.push(server.id)
        continue
      }
      const { existing } = one
      const next = updated(one, start)
      // Before the change is saved: a server that a person started by hand would else restart as what nobody has looked at.
      if (one.change === 'changed' && !one.editedHere && !next.enabled)
        this.#services.stop(existing.id)
      if (JSON.stringify(next) !== JSON.stringify(existing)) {
        await registry.change(existing.id, () => next)
      }
      ids.push(existing.id)
    }
    await registry.add(added)
    return ids
  }
}

async function readText(file: string, problems: ImportProblem[]): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    const why =
      code === 'ENOENT'
        ? 'It does not exist.'
        : code === 'EISDIR'
          ? 'It is a folder.'
          : `It cannot be read (${code}).`
    problems.push({
      file,
      line: null,
      column: null,
      message: `${why} Nothing was imported from it; check the path and its permissions.`,
    })
    return undefined
  }
}

function sourcesOf(one: PlannedServer, fingerprint: string): ServerDefinition['sources'] {
  return one.found.server.sources.map((source) => ({ ...source, fingerprint }))
}

function definitionOf(one: PlannedServer, id: ServerId, enabled: boolean): ServerDefinition {
  const { server } = one.found
  return {
    id,
    name: one.name,
    scope: server.scope,
    project: server.project,
    enabled: enabled && isRunnable(server.transport.type),
    transport: server.transport,
    dialect: server.dialect,
    inputs: [...server.inputs],
    timeouts: server.timeouts,
    tools: server.tools,
    sources: sourcesOf(one, fingerprintOf(server)),
  }
}

/** The definition after this import: new places are added; a changed file's version is taken over, but never over a person's own edit. */
function updated(
  one: Extract<PlannedServer, { change: 'unchanged' | 'changed' }>,
  start: boolean,
): ServerDefinition {
  const { existing, found } = one
  const fresh = sourcesOf(one, fingerprintOf(found.server))
  const kept = existing.sources.filter(
    (source) =>
      !fresh.some(
        (other) =>
          other.file === source.file &&
          other.section === source.section &&
          other.key === source.key,
      ),
  )
  const sources = [...fresh, ...kept]
  if (one.change === 'unchanged' || one.editedHere) {
    return {
      ...existing,
      sources,
      enabled: existing.enabled || (start && isRunnable(existing.transport.type)),
    }
  }
  const next = definitionOf(one, existing.id, start)
  // Approved once and changed later is not approved (CVE-2025-54136): the switch goes off until a person looked at it.
  return { ...next, sources }
}

function isRunnable(type: ServerDefinition['transport']['type']): boolean {
  return type !== 'ws' && type !== 'unknown'
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
    server.sources.some((a) =>
      sources.some((b) => a.file === b.file && a.section === b.section && a.key === b.key),
    ),
  )
  return secretUsers(own)
}

function usesSecret(extracted: readonly ExtractedServer[], name: SecretName): boolean {
  return extracted.some(
    (one) => one.secrets.some((secret) => secret.name === name) || one.withoutValue.includes(name),
  )
}

function goneProblem(server: ServerDefinition): ImportProblem {
  return {
    file: server.sources[0]?.file ?? null,
    line: null,
    column: null,
    message: `${server.name} is no longer in its file. It was kept here; remove it with: mcp-manager remove ${server.name}`,
  }
}

function reportOf(one: PlannedServer, secretsChanged: boolean): ImportedServer {
  const { server, secrets } = one.found
  const change = one.change === 'unchanged' && secretsChanged ? 'changed' : one.change
  return {
    ...reportOfTransport(server.transport),
    envKeys: namesIn(server, statedEnvKeys),
    headerKeys: namesIn(server, statedHeaderKeys),
    name: one.name,
    scope: server.scope,
    project: server.project,
    disabled: server.sources.every((source) => source.disabled),
    sources: server.sources.map(({ client, file }) => ({ client, file })),
    change,
    secrets: secrets.map((secret) => secret.name),
  }
}

function reportOfDefinition(
  server: ServerDefinition,
  change: ImportedServer['change'],
): ImportedServer {
  return {
    ...reportOfTransport(server.transport),
    name: server.name,
    scope: server.scope,
    project: server.project,
    disabled: server.sources.every((source) => source.disabled),
    sources: server.sources.map(({ client, file }) => ({ client, file })),
    change,
    secrets: [...secretNamesIn(server.transport)],
  }
}

/** The names that any of the server's places states. */
function namesIn(
  server: ExtractedServer['server'],
  read: (entry: Parameters<typeof statedEnvKeys>[0]) => string[],
): string[] {
  const { transport, envNames } = server
  const names = server.sources.flatMap(({ extra }) => read({ transport, envNames, extra }))
  return [...new Set(names)].toSorted()
}

function reportOfTransport(transport: ServerDefinition['transport']) {
  return transport.type === 'stdio'
    ? {
        transport: transport.type,
        command: transport.command,
        args: transport.args,
        envKeys: Object.keys(transport.env),
        cwd: transport.cwd,
        url: null,
        headerKeys: [],
      }
    : {
        transport: transport.type,
        command: null,
        args: [],
        envKeys: [],
        cwd: null,
        url: transport.url,
        headerKeys: Object.keys(transport.headers),
      }
}
