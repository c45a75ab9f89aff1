import { errorSentence } from '../../shared/domain/describe-error.ts'
import type { ResourceSample } from '../../shared/domain/resources.ts'
import type { Transport } from '../../shared/domain/server-definition.ts'
import { qualifiedName } from '../../shared/domain/server-name.ts'
import type { ServerView } from '../../shared/domain/server-view.ts'
import { stateWords } from '../../shared/domain/state-words.ts'
import { supervisionPairs } from './supervision-text.ts'
import { printable } from './terminal.ts'
import { cpuText, memoryText } from './usage-text.ts'

/** What the server runs or where it is, in full: secrets as references, nothing cut. */
export function commandText(transport: Transport): string {
  if (transport.type === 'stdio') return commandLine(transport.command, transport.args)
  return transport.url ?? ('reason' in transport ? transport.reason : '')
}

/** A command as it could be typed in a POSIX shell: a word with a character that means something there is quoted. */
export function commandLine(command: string, args: readonly string[]): string {
  return [command, ...args].map(quoteWord).join(' ')
}

/** One word for a POSIX shell, which takes everything in single quotes as it is. */
export function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

/** A number with its noun: `1 tool`, `2 tools`. */
export function counted(count: number, noun: string, plural: string = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`
}

/** What a server offers, in numbers. */
export function offerText(counts: NonNullable<ServerView['stats']['counts']>): string {
  return [
    counted(counts.tools, 'tool'),
    counted(counts.prompts, 'prompt'),
    counted(counts.resources, 'resource'),
    counted(counts.resourceTemplates, 'resource template'),
  ].join(', ')
}

/** A duration for a person, rounded to its two largest units: `45 s`, `3 min 20 s`, `2 h 5 min`. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** Why a server does not run, what to do, and what it printed last; nothing for one that has not failed. */
export function failureLines({
  state,
  stats,
}: Pick<ServerView, 'state' | 'stats'>): readonly string[] {
  if (state.phase !== 'failed' && state.phase !== 'backoff') return []
  const stderr = stats.lastError?.stderr ?? []
  return [
    printable(errorSentence(state.error.code, state.error.data)),
    ...stderr.map((line) => `| ${printable(line)}`),
  ]
}

/** One line about a server: its name, its state, for how long, and what it takes where that was measured. */
export function serverRow(
  server: ServerView,
  now: number,
  usage?: ResourceSample,
): readonly string[] {
  const { state, stats, definition } = server
  return [
    qualifiedName(definition),
    definition.enabled ? 'on' : 'off',
    stateWords(server, now),
    state.phase === 'running' ? durationText(now - state.since) : '',
    usage === undefined ? '' : cpuText(usage),
    usage === undefined ? '' : memoryText(usage),
    stats.counts === null || state.phase !== 'running' ? '' : counted(stats.counts.tools, 'tool'),
    stats.restarts > 0 ? `${stats.restarts} restart${stats.restarts === 1 ? '' : 's'}` : '',
  ]
}

/** All that is known of one server, line by line. */
export function serverDetails(
  server: ServerView,
  now: number,
  usage?: ResourceSample,
): readonly string[] {
  const { definition, state, stats } = server
  const { transport } = definition
  const pairs: [string, string][] = [
    ['State', stateWords(server, now)],
    ['Switch', definition.enabled ? 'on' : 'off'],
    ['Runs', commandText(transport)],
  ]
  pairs.push(...supervisionPairs(definition.supervision))
  if (transport.type === 'stdio') {
    for (const [name, value] of Object.entries(transport.env)) {
      pairs.push(['Environment', `${name}=${value}`])
    }
    if (transport.envFile !== null) pairs.push(['Env file', transport.envFile])
    if (transport.cwd !== null) pairs.push(['Directory', transport.cwd])
  } else {
    for (const [name, value] of Object.entries(transport.headers)) {
      pairs.push(['Header', `${name}: ${value}`])
    }
    if ('headersHelper' in transport && transport.headersHelper !== null) {
      pairs.push(['Headers by', transport.headersHelper])
    }
  }
  for (const input of definition.inputs) {
    pairs.push(['Input', `${input.id}: ${input.default ?? '(given once, kept in the vault)'}`])
  }
  if (state.phase === 'running') {
    const { protocol } = state
    pairs.push(
      ['Server', `${protocol.serverName} ${protocol.serverVersion}`.trim()],
      ['Protocol', `${protocol.version} (${protocol.era})`],
      ['Up for', durationText(now - state.since)],
    )
    if (state.pid !== null) pairs.push(['Process', String(state.pid)])
  }
  if (usage !== undefined) {
    pairs.push(
      ['CPU', `${cpuText(usage)} of one core`],
      ['Memory', `${memoryText(usage)} in ${counted(usage.processes, 'process', 'processes')}`],
    )
  }
  if (stats.handshakeMs !== null) pairs.push(['Handshake', `${stats.handshakeMs} ms`])
  if (stats.roundTripMs !== null) pairs.push(['Round trip', `${stats.roundTripMs} ms`])
  if (stats.counts !== null) {
    const { tools, prompts, resources, resourceTemplates } = stats.counts
    pairs.push(['Offers', offerText({ tools, prompts, resources, resourceTemplates })])
  }
  pairs.push(['Restarts', String(stats.restarts)])
  for (const source of definition.sources) {
    pairs.push(['Source', `${source.client} ${source.file}`])
  }
  if (stats.lastError !== null) {
    const { error, at } = stats.lastError
    pairs.push([
      'Last error',
      `${durationText(now - at)} ago: ${errorSentence(error.code, error.data)}`,
    ])
  }
  const lines = pairs.map(([name, value]) => `  ${`${name}:`.padEnd(13)}${printable(value)}`)
  const stderr = stats.lastError?.stderr ?? []
  return [
    `${qualifiedName(definition)} (${definition.id})`,
    ...lines,
    ...stderr.map((line) => `    | ${printable(line)}`),
  ]
}
