import type { ActionKind, AutomaticAction } from '../../../shared/domain/automatic-action.ts'
import type { GlyphName } from '../../ui/state-glyph.tsx'
import type { Tone } from '../../ui/tone.ts'

/** How an action is shown: what was held back waits for a person. Pure. */
export function actionLook({ kind, heldBack }: Pick<AutomaticAction, 'kind' | 'heldBack'>): {
  readonly tone: Tone
  readonly glyph: GlyphName
} {
  return heldBack ? { tone: 'you', glyph: 'held' } : looks[kind]
}

const looks: Record<ActionKind, { tone: Tone; glyph: GlyphName }> = {
  restart: { tone: 'wait', glyph: 'retry' },
  park: { tone: 'bad', glyph: 'failed' },
  kill: { tone: 'wait', glyph: 'stopping' },
  reap: { tone: 'wait', glyph: 'denied' },
  'ceiling-warning': { tone: 'wait', glyph: 'heavy' },
  'idle-stop': { tone: 'off', glyph: 'idle' },
  'start-on-demand': { tone: 'off', glyph: 'running' },
}
