import { serverDraftSchema } from '../../../shared/contract/servers.ts'
import { isServerName } from '../../../shared/domain/server-name.ts'
import { type AmountName, amounts } from './amounts.ts'
import { toDraft } from './draft-of.ts'
import type { FieldIssue } from './field-issue.ts'
import { type FormValues, formSchema, linesOf, type PairRow } from './form-values.ts'

/** Where something is wrong, as a path into the values, and what. */
export interface FoundIssue {
  readonly path: readonly (string | number)[]
  readonly issue: FieldIssue
}

/** The schema of the form: the contract's own, with what is wrong said at the field. `isTaken`: another server has the name. */
export function formSchemaFor(isTaken: (name: string) => boolean): typeof formSchema {
  return formSchema.check((context) => {
    for (const { path, issue } of findIssues(context.value, isTaken)) {
      context.issues.push({
        code: 'custom',
        message: issue,
        path: [...path],
        input: context.value,
      })
    }
  })
}

/** All that stands against saving; empty: nothing. At most one issue per field. Pure. */
export function findIssues(
  values: FormValues,
  isTaken: (name: string) => boolean,
): readonly FoundIssue[] {
  const isStdio = values.transport === 'stdio'
  const found: FoundIssue[] = [
    ...nameIssues(values.name, isTaken),
    ...(isStdio ? pairIssues('env', values.env) : pairIssues('headers', values.headers)),
    ...(isStdio ? [] : urlIssues(values.url)),
    ...(values.toolFilter === 'only' && linesOf(values.allow).length === 0
      ? [{ path: ['allow'], issue: 'onlyNone' as const }]
      : []),
  ]
  const seen = new Set(found.map(({ path }) => path.join('.')))
  for (const { path } of serverDraftSchema.safeParse(toDraft(values)).error?.issues ?? []) {
    const field = fieldOfDraft(path)
    if (seen.has(field.path.join('.'))) continue
    seen.add(field.path.join('.'))
    found.push(field)
  }
  return found
}

function nameIssues(name: string, isTaken: (name: string) => boolean): FoundIssue[] {
  if (name.trim() === '') return [{ path: ['name'], issue: 'nameMissing' }]
  if (!isServerName(name)) return [{ path: ['name'], issue: 'nameInvalid' }]
  return isTaken(name.trim()) ? [{ path: ['name'], issue: 'nameTaken' }] : []
}

function urlIssues(url: string): FoundIssue[] {
  const text = url.trim()
  if (text === '') return [{ path: ['url'], issue: 'urlMissing' }]
  // What a variable stands for is known only at launch.
  if (/\$\{|\{env:|secret:\/\//.test(text)) return []
  if (!URL.canParse(text)) return [{ path: ['url'], issue: 'urlInvalid' }]
  const { protocol } = new URL(text)
  return protocol === 'http:' || protocol === 'https:'
    ? []
    : [{ path: ['url'], issue: 'urlScheme' }]
}

function pairIssues(list: 'env' | 'headers', rows: readonly PairRow[]): FoundIssue[] {
  // Header names do not tell upper from lower case (RFC 9110, section 5.1).
  const keyOf = (name: string) => (list === 'env' ? name : name.toLowerCase()).trim()
  const seen = new Set<string>()
  return rows.flatMap((row, index): FoundIssue[] => {
    const issue = pairIssue(list, row, seen.has(keyOf(row.name)))
    seen.add(keyOf(row.name))
    return issue === null ? [] : [{ path: [list, index], issue }]
  })
}

function pairIssue(list: 'env' | 'headers', row: PairRow, isTwice: boolean): FieldIssue | null {
  const name = row.name.trim()
  if (name === '') return row.value === '' ? null : 'pairNameMissing'
  if (list === 'env' && /[=\s\p{Cc}]/u.test(name)) return 'envNameInvalid'
  // A token of RFC 9110, section 5.6.2.
  if (list === 'headers' && !/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return 'headerNameInvalid'
  if (list === 'headers' && /[\r\n\0]/.test(row.value)) return 'headerValueInvalid'
  if (isTwice) return 'pairTwice'
  return row.kept !== null && row.value === '' ? 'keptEmptied' : null
}

/** The numbers of the form by where they stand in the draft. */
const amountAt: ReadonlyMap<string, AmountName> = new Map([
  ['timeouts.startMs', 'startSeconds'],
  ['timeouts.callMs', 'callSeconds'],
  ['supervision.idleStopMs', 'idleMinutes'],
  ['supervision.stopGrace.stdinMs', 'stdinSeconds'],
  ['supervision.stopGrace.termMs', 'termSeconds'],
  ['supervision.limits.memoryBytes', 'memoryMegabytes'],
  ['supervision.limits.cpuPercent', 'cpuPercent'],
])

/** The field of the form that a part of the contract's draft comes from. */
function fieldOfDraft(path: readonly PropertyKey[]): FoundIssue {
  const [first, second] = path
  if (first === 'name') return { path: ['name'], issue: 'nameMissing' }
  if (first === 'transport' && second === 'command') {
    return { path: ['command'], issue: 'commandMissing' }
  }
  if (first === 'transport' && second === 'url') return { path: ['url'], issue: 'urlMissing' }
  const name = amountAt.get(path.join('.'))
  return name === undefined
    ? { path: ['name'], issue: 'invalid' }
    : { path: [name], issue: amounts[name].issue }
}
