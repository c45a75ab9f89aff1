import type { LiteralScan } from '../../shared/contract/literals.ts'
import { errorSentence } from '../../shared/domain/describe-error.ts'
import { literalTexts } from '../../shared/domain/literal-texts.ts'
import type { DiffLine, Literal, Move, ReferenceNeed } from '../../shared/domain/literals.ts'
import { sayFrom } from '../../shared/lib/say.ts'
import { tableLines } from './table.ts'
import { printable } from './terminal.ts'

const say = sayFrom(literalTexts)

/** What a scan found, by file, and what can be put back. */
export function scanLines(
  { files, problems, readCount }: LiteralScan,
  moves: readonly Move[],
): string[] {
  const lines = files.flatMap(({ file, client, literals }) => [
    `${printable(file)} (${client ?? 'MCP Manager'})`,
    ...tableLines(['SERVER', 'PLACE', 'VALUE', 'SECRET', 'FOUND BY'], literals.map(rowOf)).map(
      (line) => `  ${line}`,
    ),
    ...keptLines(literals),
    '',
  ])
  if (files.length === 0) lines.push(`No credentials in ${readCount} files.`)
  for (const { code, data } of problems) lines.push(errorSentence(code, data))
  const rows = moves.map(({ id, file, movedAt, needs }) => [
    id,
    new Date(movedAt).toISOString().slice(0, 16).replace('T', ' '),
    String(needs.length),
    file,
  ])
  if (rows.length > 0) lines.push('Moved before:')
  return [...lines, ...tableLines(['MOVE', 'WHEN', 'SECRETS', 'FILE'], rows)]
}

function rowOf({ server, place, masked, name, reason, kept }: Literal): string[] {
  return [server, place, masked, kept === null ? name : 'stays', say(`reason.${reason}`, {})]
}

/** Each reason once. */
function keptLines(literals: readonly Literal[]): string[] {
  const reasons = new Set(literals.flatMap(({ kept }) => kept ?? []))
  return [...reasons].map((reason) => `  Stays: ${say(`kept.${reason}`, {})}`)
}

/** A difference as `diff` prints it. */
export function diffText(lines: readonly DiffLine[]): string {
  const signs = { same: ' ', added: '+', removed: '-' } as const
  return lines
    .map(({ kind, pieces }) => `${signs[kind]} ${pieces.map(({ text }) => text).join('')}`)
    .join('\n')
}

/** What the client needs from now on. For a variable also the line that sets it. */
export function needLines(needs: readonly ReferenceNeed[]): string[] {
  return needs.flatMap(({ name, resolver, key }) => {
    const line = `${name}: ${say(`resolver.${resolver}`, { key: key ?? '' })}`
    return resolver === 'variable'
      ? [line, `  export ${key}="$(mcp-manager secrets show ${name})"`]
      : [line]
  })
}
