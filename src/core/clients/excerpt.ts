import type { ImportProblem } from '../../shared/domain/import.ts'
import { maskText } from '../secrets/mask-text.ts'
import type { Position } from './syntax/syntax-tree.ts'

/** Longer lines are cut. */
const maxColumns = 160
/** Lines before the excerpt that are read with it: a name or the begin of a private key may stand there. */
const contextLines = 80
/** A longer text around the position is not read as a whole, in UTF-16 units. */
const maxContext = 16_000
const cutMark = '\u2026'

/**
 * The line at a position with one line either side, as it may be shown: what may be a credential is masked, and long lines are
 * cut, the one with the position around it.
 * @param lines the whole text.
 */
export function excerptOf(lines: readonly string[], at: Position | null): ImportProblem['excerpt'] {
  if (at === null) return null
  const line = lines[at.line - 1]
  if (line === undefined) return null
  const firstLine = Math.max(1, at.line - 1)
  const from = Math.max(0, firstLine - 1 - contextLines)
  const context = lines.slice(from, at.line + 1)
  if (context.reduce((sum, one) => sum + one.length, 0) > maxContext) {
    const part = partAround(line, at.column)
    return { firstLine: at.line, lines: [cutLine(part.text, null).text], column: part.column }
  }
  const masked = maskText(context.join('\n')).split('\n')
  const shown = masked.slice(firstLine - 1 - from)
  const cut = shown.map((text, index) =>
    cutLine(text.replace(/\r$/, ''), firstLine + index === at.line ? at.column : null),
  )
  return {
    firstLine,
    lines: cut.map(({ text }) => text),
    column: cut[at.line - firstLine]?.column ?? at.column,
  }
}

/** A line as it is shown, and where its column went; null where none was asked for. */
interface CutLine {
  readonly text: string
  readonly column: number | null
}

/** A part of one very long line, masked with what stands before it. */
function partAround(line: string, column: number): { text: string; column: number } {
  const begin = Math.max(0, column - 1 - maxColumns / 2)
  const from = Math.max(0, begin - maxContext / 2)
  const masked = maskText(line.slice(from, begin + maxContext / 2))
  const mark = begin > 0 ? cutMark : ''
  return { text: `${mark}${masked.slice(begin - from)}`, column: column - begin + mark.length }
}

function cutLine(text: string, column: number | null): CutLine {
  if (text.length <= maxColumns) return { text, column }
  const wanted = column === null ? 0 : column - 1 - maxColumns / 2
  const begin = Math.max(0, Math.min(wanted, text.length - maxColumns))
  const end = begin + maxColumns
  const part = text.slice(begin, end)
  const mark = begin > 0 ? cutMark : ''
  return {
    text: `${mark}${part}${end < text.length ? cutMark : ''}`,
    column: column === null ? null : column - begin + mark.length,
  }
}
