import type { DiffLine } from '../../../shared/domain/literals.ts'
import { maskCharacter, maskText } from '../../secrets/mask-text.ts'
import type { Splice } from './splice.ts'

/** Lines either side of a change. */
const contextLines = 2
/** Of a longer hunk the lines are compared in parts. */
const maxHunk = 200
/** Of a longer piece that did not change only its begin and its end are shown. */
const maxPiece = 120
/** A longer part of a file is not searched for credentials: all of it is masked. In UTF-16 units. */
const maxSearched = 64_000
/** No private key is longer. In UTF-16 units. */
const maxKey = 8_000
const cutMark = '\u2026'

type Piece = DiffLine['pieces'][number]

/** Changes that stand so close that they are shown together: lines `[from, to]` of the text, from 0. */
interface Hunk {
  readonly from: number
  readonly to: number
  readonly splices: readonly Splice[]
}

/** What an edit changes, line by line, with two lines around each change. Whatever may be a credential is masked. */
export function maskedDiff(text: string, splices: readonly Splice[]): DiffLine[] {
  const starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)]
  let added = 0
  return hunksOf(starts, splices).flatMap((hunk) => {
    const begin = starts[hunk.from] ?? 0
    const end = starts[hunk.to + 1] ?? text.length
    const masked = maskedPart(text, begin, end)
    const before = linesOf(piecesOf(masked, begin, hunk.splices, 'shownBefore'))
    const after = linesOf(piecesOf(masked, begin, hunk.splices, 'shownAfter'))
    const lines = compare(before, after, hunk.from + 1, hunk.from + 1 + added)
    added += after.length - before.length
    return lines
  })
}

/** A private key is told by its first line, which may stand before. */
function maskedPart(text: string, begin: number, end: number): string {
  if (end - begin > maxSearched) return text.slice(begin, end).replace(/[^\n]/g, maskCharacter)
  const before = text.slice(Math.max(0, begin - maxKey), begin)
  const keyAt = before.lastIndexOf('-----BEGIN')
  const from = keyAt < 0 ? begin : begin - before.length + keyAt
  return maskText(text.slice(from, end)).slice(begin - from)
}

function hunksOf(starts: readonly number[], splices: readonly Splice[]): Hunk[] {
  const hunks: Hunk[] = []
  for (const splice of splices) {
    const from = Math.max(0, lineAt(starts, splice.start) - contextLines)
    const to = Math.min(starts.length - 1, lineAt(starts, splice.end) + contextLines)
    const last = hunks.at(-1)
    if (last === undefined || from > last.to + 2) {
      hunks.push({ from, to, splices: [splice] })
      continue
    }
    // The lines of a long one are compared apart, and stand together all the same.
    const changedTo = lineAt(starts, last.splices.at(-1)?.end ?? 0)
    const isLong = to - last.from > maxHunk && lineAt(starts, splice.start) > changedTo
    const joined = { from: last.from, to, splices: [...last.splices, splice] }
    const parts = [
      { ...last, to: changedTo },
      { from: changedTo + 1, to, splices: [splice] },
    ]
    hunks.splice(-1, 1, ...(isLong ? parts : [joined]))
  }
  return hunks
}

function lineAt(starts: readonly number[], offset: number): number {
  return starts.findLastIndex((start) => start <= offset)
}

function piecesOf(
  masked: string,
  begin: number,
  splices: readonly Splice[],
  side: 'shownBefore' | 'shownAfter',
): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const splice of splices) {
    pieces.push({ text: masked.slice(from, splice.start - begin), changed: false })
    pieces.push({ text: splice[side], changed: true })
    from = splice.end - begin
  }
  pieces.push({ text: masked.slice(from), changed: false })
  return pieces
}

function linesOf(pieces: readonly Piece[]): Piece[][] {
  const lines: Piece[][] = [[]]
  for (const { text, changed } of pieces) {
    for (const [index, part] of text.split('\n').entries()) {
      if (index > 0) lines.push([])
      const shown = part.replace(/\r$/, '')
      if (shown !== '') lines.at(-1)?.push({ text: shown, changed })
    }
  }
  // After the last line end of a hunk comes no line of it.
  if (lines.length > 1 && lines.at(-1)?.length === 0) lines.pop()
  return lines
}

/** The shortest way from one to the other (longest common subsequence). A hunk has a few lines, so that a table will do. */
function compare(
  before: readonly Piece[][],
  after: readonly Piece[][],
  firstBefore: number,
  firstAfter: number,
): DiffLine[] {
  const [textsBefore, textsAfter] = [before.map(textOf), after.map(textOf)]
  const same = (a: number, b: number) => textsBefore[a] === textsAfter[b]
  const table = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1))
  const length = (a: number, b: number) => table[a]?.[b] ?? 0
  for (let a = before.length - 1; a >= 0; a -= 1) {
    for (let b = after.length - 1; b >= 0; b -= 1) {
      const row = table[a]
      if (row === undefined) continue
      row[b] = same(a, b) ? length(a + 1, b + 1) + 1 : Math.max(length(a + 1, b), length(a, b + 1))
    }
  }
  const lines: DiffLine[] = []
  const put = (kind: DiffLine['kind'], number: number, pieces: readonly Piece[] = []) => {
    const isSame = kind === 'same'
    lines.push({ kind, number, pieces: pieces.map((piece) => shortened(piece, isSame)) })
  }
  let a = 0
  let b = 0
  while (a < before.length || b < after.length) {
    if (a < before.length && b < after.length && same(a, b)) {
      put('same', firstAfter + b, after[b])
      a += 1
      b += 1
    } else if (a < before.length && length(a + 1, b) >= length(a, b + 1)) {
      put('removed', firstBefore + a, before[a])
      a += 1
    } else {
      put('added', firstAfter + b, after[b])
      b += 1
    }
  }
  return lines
}

function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('')
}

function shortened({ text, changed }: Piece, isSame: boolean): Piece {
  const half = maxPiece / 2
  const shown =
    changed || text.length <= maxPiece
      ? text
      : `${text.slice(0, half)}${cutMark}${text.slice(-half)}`
  return { text: shown, changed: changed && !isSame }
}
