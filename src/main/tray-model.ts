import { describeError } from '../shared/domain/describe-error.ts'
import type { ServerId } from '../shared/domain/ids.ts'
import { isMeant } from '../shared/domain/lifecycle-choices.ts'
import { neededFromPerson } from '../shared/domain/needed-from-person.ts'
import type { ServerView } from '../shared/domain/server-view.ts'
import { assertNever } from '../shared/lib/assert-never.ts'
import type { SayDesktop } from './desktop-texts.ts'
import { shownText } from './shown-text.ts'

/** The worst that is true of any server: nothing, something that a person may want to look at, or a failure. */
export type TrayTone = 'ok' | 'attention' | 'broken'

/** What an entry does that is not about one server. */
export type TrayCommand = 'start-all' | 'stop-all' | 'open' | 'quit'

/** An entry of the tray's menu. */
export type TrayEntry =
  | {
      readonly kind: 'server'
      readonly id: ServerId
      readonly label: string
      readonly isOn: boolean
    }
  | {
      readonly kind: 'command'
      readonly command: TrayCommand
      readonly label: string
      readonly isEnabled: boolean
    }
  /** A text that does nothing. */
  | { readonly kind: 'note'; readonly label: string }
  | { readonly kind: 'separator' }

/** All that the tray shows. */
export interface TrayModel {
  readonly tone: TrayTone
  readonly tooltip: string
  readonly entries: readonly TrayEntry[]
}

/** So many names fit into a tooltip. */
const maxNames = 3
/** Names and reasons can be somebody else's; in characters. */
const maxNameLength = 60
const maxReasonLength = 120

/**
 * What the tray shows. It holds no time that goes on by itself, so it changes only when a server does. Pure.
 * @param servers null while there is no host.
 */
export function trayModel(servers: readonly ServerView[] | null, say: SayDesktop): TrayModel {
  const known = (servers ?? []).toSorted(byName)
  const tones = known.map(toneOf)
  const tone = tones.includes('broken')
    ? 'broken'
    : tones.includes('attention')
      ? 'attention'
      : 'ok'
  const names = known.filter((server) => toneOf(server) === tone).map(nameOf)
  return {
    tone,
    tooltip: say(`tray.${tone}`, { names: someOf(names) }),
    entries: [
      ...(known.length === 0
        ? [
            {
              kind: 'note',
              label: say(servers === null ? 'tray.starting' : 'tray.none', {}),
            } as const,
          ]
        : known.map((server): TrayEntry => serverEntry(server, say))),
      { kind: 'separator' },
      commandEntry(
        'start-all',
        'tray.startAll',
        known.some((server) => isMeant(server, 'start')),
      ),
      commandEntry(
        'stop-all',
        'tray.stopAll',
        known.some((server) => isMeant(server, 'stop')),
      ),
      { kind: 'separator' },
      commandEntry('open', 'tray.open', true),
      commandEntry('quit', 'tray.quit', true),
    ],
  }

  function commandEntry(
    command: TrayCommand,
    key: 'tray.startAll' | 'tray.stopAll' | 'tray.open' | 'tray.quit',
    isEnabled: boolean,
  ): TrayEntry {
    return { kind: 'command', command, label: say(key, {}), isEnabled }
  }
}

function serverEntry(server: ServerView, say: SayDesktop): TrayEntry {
  const { id, enabled } = server.definition
  const state = stateText(server, say)
  return {
    kind: 'server',
    id,
    // An ampersand would become an underline; two of them are one.
    label: say('tray.server', { name: nameOf(server), state }).replaceAll('&', '&&'),
    isOn: enabled,
  }
}

/** The state in words that stay true until it changes. */
function stateText({ state, stats }: ServerView, say: SayDesktop): string {
  switch (state.phase) {
    case 'running':
      return stats.exceeded !== null && state.health !== 'unresponsive'
        ? say('state.running.aboveCeiling', {})
        : say(`state.running.${state.health}`, {})
    case 'failed': {
      const { code, data } = state.error
      const needed = neededFromPerson(code)
      return needed === null
        ? say('state.failed', {
            reason: shownText(describeError(code, data).title, maxReasonLength),
          })
        : say(`state.${needed}`, {})
    }
    case 'stopped':
      return say(state.reason === 'idle' ? 'state.idle' : 'state.stopped', {})
    case 'starting':
    case 'stopping':
    case 'backoff':
      return say(`state.${state.phase}`, {})
    default:
      return assertNever(state)
  }
}

function toneOf({ state, stats }: ServerView): TrayTone {
  switch (state.phase) {
    case 'failed':
      return neededFromPerson(state.error.code) === null ? 'broken' : 'attention'
    case 'backoff':
      return 'attention'
    case 'running':
      return state.health === 'unresponsive' || stats.exceeded !== null ? 'attention' : 'ok'
    case 'stopped':
    case 'starting':
    case 'stopping':
      return 'ok'
    default:
      return assertNever(state)
  }
}

function nameOf({ definition: { name, project } }: ServerView): string {
  const folder = project?.split(/[\\/]/).findLast((part) => part !== '')
  return shownText(folder === undefined ? name : `${name} (${folder})`, maxNameLength)
}

function someOf(names: readonly string[]): string {
  const shown = names.slice(0, maxNames).join(', ')
  return names.length > maxNames ? `${shown}, …` : shown
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function byName(a: ServerView, b: ServerView): number {
  return (
    collator.compare(a.definition.name, b.definition.name) ||
    collator.compare(a.definition.id, b.definition.id)
  )
}
