import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { literalsOf } from '../../../../../src/core/clients/literals/found-literal.ts'
import { locateTexts } from '../../../../../src/core/clients/literals/located-text.ts'
import { maskedDiff } from '../../../../../src/core/clients/literals/masked-diff.ts'
import { keptReasonOf, planEdit } from '../../../../../src/core/clients/literals/plan-edit.ts'
import type { EditableFile } from '../../../../../src/core/clients/literals/planned-edit.ts'
import { spliced } from '../../../../../src/core/clients/literals/splice.ts'
import { parseClientFile, syntaxOf } from '../../../../../src/core/clients/parse-client-file.ts'
import { secretNameSchema } from '../../../../../src/shared/domain/ids.ts'
import { clientFormatSchema } from '../../../../../src/shared/domain/server-definition.ts'

const folder = join(import.meta.dirname, '../../../../fixtures/clients')
const fixtures = z
  .array(z.object({ fixture: z.string(), format: clientFormatSchema, file: z.string() }))
  .parse(JSON.parse(readFileSync(join(folder, 'inventory.json'), 'utf8')))

const valueKeys = new Set(['env', 'envs', 'environment', 'headers', 'http_headers', 'args'])

/** The fixture with a credential in place of each value. */
function withCredentials(kind: EditableFile['kind'], text: string): string {
  const credential = (count: number) =>
    `"ghp_abcdefghij0123456789ABCD${String(count).padStart(4, '0')}"`
  if (kind === 'toml') {
    let count = 0
    return text.replace(/(?<==\s*)"[^"\n]{4,}"/g, () => credential((count += 1)))
  }
  const values = locateTexts(kind, text).filter(({ path }) =>
    path.some((part) => valueKeys.has(String(part))),
  )
  return spliced(
    text,
    values.map(({ start, end }, index) => ({ start, end, insert: credential(index) })),
  )
}

test('in every format each credential moves, or says why it stays', () => {
  const moved = new Map<string, number>()
  for (const { fixture, format, file } of fixtures) {
    const original = readFileSync(join(folder, fixture), 'utf8').replace(/^\uFEFF/, '')
    const kind = syntaxOf(format, file)
    const text = withCredentials(kind, original)
    const read = (one: string) =>
      parseClientFile({ format, file, text: one, homeDir: '/home/ann', platform: 'linux' })
    const parse = (one: string) => read(one).servers
    if (!read(text).isWhole) continue
    const editable: EditableFile = { client: format, kind, text, servers: parse(text), parse }
    const all = editable.servers.flatMap(literalsOf)
    const picks = all
      .filter((literal) => keptReasonOf(editable, literal) === null)
      .map((literal, index) => ({ literal, name: secretNameSchema.parse(`s.${index}`) }))
    if (picks.length === 0) continue
    const plan = planEdit(editable, all, picks)
    expect({ fixture, isPlanned: plan !== null }).toEqual({ fixture, isPlanned: true })
    if (plan === null) continue
    const shown = JSON.stringify(maskedDiff(text, plan.splices))
    const told = all.filter(({ value }) => shown.includes(value))
    expect({ fixture, told }).toEqual({ fixture, told: [] })
    for (const { literal } of picks) expect(plan.after).not.toContain(literal.value)
    moved.set(format, (moved.get(format) ?? 0) + picks.length)
  }
  expect([...moved.keys()].toSorted()).toMatchInlineSnapshot(`
    [
      "amazonq",
      "claude-json",
      "cline",
      "codex",
      "continue",
      "cursor",
      "gemini",
      "kilocode",
      "kiro",
      "librechat",
      "mcp-json",
      "opencode",
      "vscode",
      "windsurf",
    ]
  `)
})
