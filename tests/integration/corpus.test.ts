import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { detectFormat } from '../../src/core/clients/detect-format.ts'
import { parseClientFile } from '../../src/core/clients/parse-client-file.ts'
import { statedEnvKeys, statedHeaderKeys } from '../../src/core/clients/stated-keys.ts'
import type { FoundServer } from '../../src/shared/domain/import.ts'
import { type ClientFormat, clientFormatSchema } from '../../src/shared/domain/server-definition.ts'

/**
 * Scores the reader against real files found in public repositories, which are no part of this repository. They lie beside it
 * or where MCP_MANAGER_CORPUS points; a machine without them says so and has nothing to score.
 */
const corpus = resolve(
  process.env['MCP_MANAGER_CORPUS'] ?? join(import.meta.dirname, '../../../shared/corpus'),
)
const index = join(corpus, 'index.jsonl')

const expectedServerSchema = z.object({
  name: z.string(),
  scope: z.string(),
  transport: z.string(),
  transport_accept: z.array(z.string()).default([]),
  command: z.string().nullable(),
  url: z.string().nullable(),
  env_keys: z.array(z.string()),
  header_keys: z.array(z.string()),
  uncertain: z.boolean().default(false),
})
const rowSchema = z.object({
  id: z.string(),
  format: clientFormatSchema,
  file: z.string(),
  note: z.string().default(''),
  servers: z.array(expectedServerSchema),
})
type Row = z.infer<typeof rowSchema>
type ExpectedServer = z.infer<typeof expectedServerSchema>

const rows = existsSync(index)
  ? readFileSync(index, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => rowSchema.parse(JSON.parse(line)))
  : []

function read(row: Row, format: ClientFormat | null): FoundServer[] {
  if (format === null) return []
  const file = join(corpus, row.file)
  const text = readFileSync(file, 'utf8')
  return parseClientFile({ format, file, text, homeDir: '/home/somebody', platform: 'linux' })
    .servers
}

function commandOf({ transport }: FoundServer): string | null {
  return transport.type === 'stdio' ? transport.command : null
}

function urlOf({ transport }: FoundServer): string | null {
  return transport.type === 'stdio' ? null : transport.url
}

/** Every difference between what a row expects and what was found, in words. */
function differences(row: Row, found: readonly FoundServer[], isComplete: boolean): string[] {
  const wrong: string[] = []
  const check = (what: string, expected: unknown, actual: unknown): void => {
    const [a, b] = [JSON.stringify(expected), JSON.stringify(actual)]
    if (a !== b) wrong.push(`${row.id} ${what}: expected ${a}, found ${b}`)
  }
  const names = new Set(row.servers.map(({ name }) => name))
  for (const server of found) {
    if (!names.has(server.name)) wrong.push(`${row.id}: unexpected server ${server.name}`)
  }
  for (const expected of row.servers.filter(({ uncertain }) => !uncertain)) {
    const matches = found.filter(({ name }) => name === expected.name)
    check(`${expected.name} count`, 1, matches.length)
    const [server] = matches
    if (server === undefined) continue
    const stated = { ...server, extra: server.source.extra }
    const accepted = acceptedTransports(expected)
    check(
      `${expected.name} transport in ${accepted.join('|')}`,
      true,
      accepted.includes(server.transport.type),
    )
    if (!isComplete) continue
    check(`${expected.name} command`, expected.command, commandOf(server))
    check(`${expected.name} url`, expected.url, urlOf(server))
    check(`${expected.name} env`, expected.env_keys.toSorted(), statedEnvKeys(stated))
    check(`${expected.name} headers`, expected.header_keys.toSorted(), statedHeaderKeys(stated))
    if (!row.note.includes('do not score scope')) {
      const scope = expected.scope.startsWith('project:') ? 'local' : expected.scope
      check(`${expected.name} scope`, scope, server.scope)
    }
  }
  return wrong
}

function acceptedTransports(expected: ExpectedServer): string[] {
  return [expected.transport, ...expected.transport_accept]
}

interface Check {
  readonly name: string
  /** Every difference, in words. */
  readonly run: () => string[]
}

const absent: Check = {
  name: 'says that the corpus is absent',
  run: () => {
    console.log('corpus: not present, nothing to score')
    return existsSync(index) ? [`${index} is there but holds no row`] : []
  },
}

const scored: Check[] = [
  {
    name: 'reads every file of the corpus as its client means it',
    run: () => {
      const wrong = rows.flatMap((row) => differences(row, read(row, row.format), true))
      const servers = rows.flatMap((row) => row.servers)
      const certain = servers.filter(({ uncertain }) => !uncertain).length
      console.log(
        `corpus: ${rows.length} files, ${certain} of ${servers.length} servers scored, ${wrong.length} differences`,
      )
      return wrong
    },
  },
  {
    name: 'tells names and transports of every file without being told its client',
    run: () =>
      rows.flatMap((row) => {
        const file = join(corpus, row.file)
        return differences(row, read(row, detectFormat(file, readFileSync(file, 'utf8'))), false)
      }),
  },
]

test.each(rows.length === 0 ? [absent] : scored)('$name', ({ run }) => {
  expect(run()).toEqual([])
})
