import type { ServerDraft, ServerPatch } from '../../../shared/contract/servers.ts'
import type { ServerDefinition, Transport } from '../../../shared/domain/server-definition.ts'
import { defaultSupervision } from '../../../shared/domain/supervision.ts'
import { type FormValues, hasVariable, isSecretName, linesOf, type PairRow } from './form-values.ts'
import { toSupervision, upkeepValues } from './upkeep-values.ts'

/** The fields of a form for a new server. */
export const emptyValues: FormValues = {
  name: '',
  transport: 'stdio',
  command: '',
  args: [],
  env: [],
  envFile: '',
  cwd: '',
  url: '',
  headers: [],
  headersHelper: '',
  startSeconds: null,
  callSeconds: null,
  ...upkeepValues(defaultSupervision),
  toolFilter: 'all',
  allow: '',
  deny: '',
  inputs: [],
}

/** The fields that a transport fills; those of the other kinds stay empty. Pure. */
export function transportValues(transport: Transport): Partial<FormValues> {
  switch (transport.type) {
    case 'stdio':
      return {
        transport: 'stdio',
        command: transport.command,
        args: transport.args,
        env: rowsOf(transport.env),
        envFile: transport.envFile ?? '',
        cwd: transport.cwd ?? '',
      }
    case 'http':
    case 'sse':
      return {
        transport: transport.type,
        url: transport.url,
        headers: rowsOf(transport.headers),
        headersHelper: transport.headersHelper ?? '',
      }
    case 'ws':
    case 'unknown':
      // Whoever edits it makes something of it that can run: most likely the same address over HTTP.
      return { transport: 'http', url: transport.url ?? '', headers: rowsOf(transport.headers) }
  }
}

/** The fields of a server that is edited. Its secrets stand there as references; no value of one is known here. Pure. */
export function valuesOf(server: ServerDefinition): FormValues {
  const { startMs, callMs } = server.timeouts
  return {
    ...emptyValues,
    ...transportValues(server.transport),
    name: server.name,
    startSeconds: startMs === null ? null : startMs / 1000,
    callSeconds: callMs === null ? null : callMs / 1000,
    ...upkeepValues(server.supervision),
    toolFilter: server.tools.allow === null ? 'all' : 'only',
    allow: (server.tools.allow ?? []).join('\n'),
    deny: server.tools.deny.join('\n'),
    inputs: server.inputs.map(({ id }) => ({ id, value: '' })),
  }
}

/** What the form says, as the contract takes it. Pure. */
export function toDraft(
  values: FormValues,
): ServerDraft & Required<Pick<ServerDraft, 'timeouts' | 'supervision' | 'tools'>> {
  return {
    name: values.name.trim(),
    transport: transportOf(values),
    keepInVault: chosenForVault(values),
    timeouts: { startMs: msOf(values.startSeconds), callMs: msOf(values.callSeconds) },
    supervision: toSupervision(values),
    tools: {
      allow: values.toolFilter === 'all' ? null : linesOf(values.allow),
      deny: linesOf(values.deny),
    },
  }
}

/** What a preview is asked with: the draft without the secrets that were typed, which leave the page only to be saved or tested. Pure. */
export function toPreviewDraft(values: FormValues): ServerDraft {
  return toDraft({ ...values, env: values.env.map(masked), headers: values.headers.map(masked) })
}

/** Whether the value is a secret that stands in the form itself, not in the vault. */
export function isTypedSecret(row: PairRow): boolean {
  return (
    row.value !== '' &&
    row.value !== row.kept &&
    !hasVariable(row.value) &&
    (row.toVault || isSecretName(row.name))
  )
}

/** The names of values that go to the vault because a person says so. */
function chosenForVault({ transport, env, headers }: FormValues): string[] {
  const rows = transport === 'stdio' ? env : headers
  return rows.filter((row) => row.toVault && isTypedSecret(row)).map(({ name }) => name.trim())
}

/** New values of VS Code inputs by id; those left empty stay as they are. Pure. */
export function inputValuesOf({ inputs }: FormValues): Record<string, string> {
  return Object.fromEntries(
    inputs.filter(({ value }) => value !== '').map(({ id, value }) => [id, value]),
  )
}

/** What changed against the server as it was; what did not change is left out, so that a save never undoes another's. Pure. */
export function toPatch(values: FormValues, before: ServerDefinition): ServerPatch {
  const draft = toDraft(values)
  const was = toDraft(valuesOf(before))
  const inputValues = inputValuesOf(values)
  const keepInVault = chosenForVault(values)
  return {
    ...(draft.name === before.name ? {} : { name: draft.name }),
    // A value that is to leave the definition for the vault changes it too.
    ...(isSame(draft.transport, was.transport) && keepInVault.length === 0
      ? {}
      : { transport: draft.transport, keepInVault }),
    ...(isSame(draft.timeouts, was.timeouts) ? {} : { timeouts: draft.timeouts }),
    ...(isSame(draft.supervision, was.supervision) ? {} : { supervision: draft.supervision }),
    ...(isSame(draft.tools, was.tools) ? {} : { tools: draft.tools }),
    ...(Object.keys(inputValues).length === 0 ? {} : { inputValues }),
  }
}

function masked(row: PairRow): PairRow {
  return isTypedSecret(row) ? { ...row, value: '•' } : row
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function transportOf(values: FormValues): ServerDraft['transport'] {
  if (values.transport !== 'stdio') {
    return {
      type: values.transport,
      url: values.url.trim(),
      headers: mapOf(values.headers),
      headersHelper: textOrNull(values.headersHelper),
    }
  }
  return {
    type: 'stdio',
    command: values.command.trim(),
    args: values.args,
    env: mapOf(values.env),
    cwd: textOrNull(values.cwd),
    envFile: textOrNull(values.envFile),
  }
}

function rowsOf(map: Readonly<Record<string, string>>): PairRow[] {
  return Object.entries(map).map(([name, value]) => ({
    name,
    value,
    kept: value.includes('secret://') ? value : null,
    toVault: false,
  }))
}

function mapOf(rows: readonly PairRow[]): Record<string, string> {
  return Object.fromEntries(
    rows.filter(({ name }) => name.trim() !== '').map(({ name, value }) => [name.trim(), value]),
  )
}

function textOrNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim()
}

function msOf(seconds: number | null): number | null {
  return seconds === null ? null : Math.round(seconds * 1000)
}
