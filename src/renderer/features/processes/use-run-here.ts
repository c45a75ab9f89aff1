import * as React from 'react'
import type { ImportedServer } from '../../../shared/contract/clients.ts'
import type { LaunchPreview } from '../../../shared/contract/servers.ts'
import type { ErrorText } from '../../../shared/domain/describe-error.ts'
import type { ServerId } from '../../../shared/domain/ids.ts'
import type { DefinitionPlace, MachineServer, ReapOutcome } from '../../../shared/domain/machine.ts'
import type { ServerState } from '../../../shared/domain/server-state.ts'
import { host } from '../../host/connection.ts'
import { untilServer, useServers } from '../../host/servers.ts'
import { thrownText } from '../../i18n/error-text.ts'

/** What running it here comes to. */
export type HerePlan =
  | { readonly kind: 'reading' }
  /** MCP Manager has it: what it runs, and whether it runs already. */
  | {
      readonly kind: 'here'
      readonly id: ServerId
      readonly launch: LaunchPreview
      readonly isRunning: boolean
    }
  /** A file has it: it is imported first. */
  | { readonly kind: 'import'; readonly place: FilePlace; readonly server: ImportedServer }
  /** The file does not have it any more. */
  | { readonly kind: 'gone'; readonly file: string }
  | { readonly kind: 'failed'; readonly error: ErrorText }

type FilePlace = DefinitionPlace & { readonly file: string }

/** What became of it. */
export type HereOutcome =
  | { readonly started: false }
  | { readonly started: true; readonly reaped: ReapOutcome }

/** Works out how a server that another program runs can be run here. Changes nothing. */
export function useHerePlan(server: MachineServer): HerePlan {
  const [plan, setPlan] = React.useState<HerePlan>({ kind: 'reading' })
  const definition = server.evidence.find(({ kind }) => kind === 'definition')
  // What was seen when the dialog opened is what it is about.
  const [wanted] = React.useState(definition)
  React.useEffect(() => {
    if (wanted?.kind !== 'definition') return
    const abort = new AbortController()
    const show = (next: HerePlan) => {
      if (!abort.signal.aborted) setPlan(next)
    }
    const read = wanted.serverId === null ? planImport(wanted.places) : planStart(wanted.serverId)
    read.then(show, (thrown: unknown) => show({ kind: 'failed', error: thrownText(thrown) }))
    return () => abort.abort()
  }, [wanted])
  return plan
}

async function planStart(id: ServerId): Promise<HerePlan> {
  const view = useServers.getState().byId.get(id)
  if (view === undefined) return { kind: 'reading' }
  const { name, scope, project, transport, timeouts, tools } = view.definition
  const draft = { name, scope, project, transport, timeouts, tools }
  const launch = await host().servers.preview({ id, draft, inputValues: {} })
  return { kind: 'here', id, launch, isRunning: view.state.phase === 'running' }
}

async function planImport(places: readonly DefinitionPlace[]): Promise<HerePlan> {
  const place = places.find((one): one is FilePlace => one.file !== null)
  if (place === undefined) return { kind: 'gone', file: '' }
  const report = await host().clients.import({
    files: [{ file: place.file, format: place.client, text: null }],
    dryRun: true,
    start: false,
    only: null,
    leaveOut: [],
  })
  const server =
    report.servers.find(({ name }) => name === place.name) ??
    report.servers.find(({ name }) => name.startsWith(`${place.name}-`))
  return server === undefined
    ? { kind: 'gone', file: place.file }
    : { kind: 'import', place, server }
}

/**
 * Runs it here: imports it where that is needed, exactly as it was shown, switches it on, waits until it runs, and only then
 * ends the other copy. Where it does not come to run, the other one is left alone.
 */
export async function runHere(server: MachineServer, plan: HerePlan): Promise<HereOutcome> {
  const id = plan.kind === 'here' ? plan.id : plan.kind === 'import' ? await importOne(plan) : null
  if (id === null) return { started: false }
  const { state } = await host().servers.setEnabled({ id, enabled: true })
  const generation = 'generation' in state ? state.generation : 0
  const since = Date.now()
  await untilServer((view) => view.definition.id === id && hasCome(view.state, generation, since))
  if (useServers.getState().byId.get(id)?.state.phase !== 'running') return { started: false }
  const { pid, startMark, seen } = server
  const [result] = await host().processes.reap({ targets: [{ pid, startMark, seen }] })
  return { started: true, reaped: result?.outcome ?? 'gone' }
}

/** Whether the start of this generation has come to an end. What the page knew before is older. */
function hasCome(state: ServerState, generation: number, since: number): boolean {
  switch (state.phase) {
    case 'running':
    case 'failed':
      return state.generation >= generation
    case 'backoff':
      return state.retryAt > since
    case 'starting':
    case 'stopping':
    case 'stopped':
      return false
  }
}

/** The id of the server after its import; null where its file has changed since it was shown. */
async function importOne({
  place,
  server,
}: Extract<HerePlan, { kind: 'import' }>): Promise<ServerId | null> {
  const { name, scope, project, digest } = server
  const report = await host().clients.import({
    files: [{ file: place.file, format: place.client, text: null }],
    dryRun: false,
    start: false,
    only: [{ name, scope, project, digest }],
    leaveOut: [],
  })
  if (report.servers.length === 0 || report.secretsLeftOut) return null
  const isIt = (view: { definition: { name: string; scope: string; project: string | null } }) =>
    view.definition.name === name &&
    view.definition.scope === scope &&
    view.definition.project === project
  await untilServer(isIt)
  return [...useServers.getState().byId.values()].find(isIt)?.definition.id ?? null
}
