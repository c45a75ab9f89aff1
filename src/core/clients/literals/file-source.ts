import { readFile } from 'node:fs/promises'
import type { SecretName } from '../../../shared/domain/ids.ts'
import type { ServerRegistry } from '../../servers/server-registry.ts'
import { replaceFile } from '../../storage/replace-file.ts'
import { literalsOf } from './found-literal.ts'
import type { LiteralSource } from './literal-source.ts'
import { maskedDiff } from './masked-diff.ts'
import type { WithMoved } from './moved-references.ts'
import { keptReasonOf, planEdit, resolverOf } from './plan-edit.ts'
import type { ReadFile } from './read-editable.ts'
import { syncFingerprints } from './sync-fingerprints.ts'

async function holds(file: string, content: string): Promise<boolean> {
  // Of two errors the first one is told.
  return (await readFile(file, 'utf8').catch(() => null)) === content
}

/** A client's file as something that holds literal credentials. */
export function fileSource(
  read: ReadFile,
  {
    registry,
    withMoved,
    variables,
  }: {
    readonly registry: Pick<ServerRegistry, 'list' | 'change'>
    readonly withMoved: WithMoved
    /** What earlier moves made variables stand for. */
    readonly variables: ReadonlyMap<string, SecretName>
  },
): LiteralSource {
  const { file, client, mark, text } = read
  const literals = read.servers.flatMap(literalsOf)
  return {
    file,
    client,
    literals,
    missed: !read.isWhole ? 'damaged' : read.repeatsKeys ? 'repeated' : null,
    fateOf: (literal) => {
      const kept = !read.isText
        ? 'not_text'
        : !read.isWhole
          ? 'damaged'
          : !read.isTold
            ? 'unknown_client'
            : keptReasonOf(read, literal)
      return { resolver: kept === null ? resolverOf(read) : null, kept }
    },
    plan: (picks) => {
      if (!read.isText || !read.isWhole || !read.isTold) return null
      const edit = planEdit(read, literals, picks, variables)
      if (edit === null) return null
      const { splices, after, texts, needs } = edit
      return {
        lines: maskedDiff(text, splices),
        needs,
        values: new Map(picks.map(({ literal, name }) => [name, literal.value])),
        change: JSON.stringify([
          file,
          splices.map(({ start, end, insert }) => [text.slice(start, end), insert]),
        ]),
        backup: {
          kind: 'file',
          before: mark + text,
          after: mark + after,
          texts: texts === null ? null : texts.map((one) => ({ ...one, path: [...one.path] })),
        },
        commit: async () => {
          try {
            await replaceFile(file, mark + after, { expected: mark + text })
          } catch (error) {
            // It may be replaced, and only its folder not synced: the values must then stay in the vault.
            if (!(await holds(file, mark + after))) throw error
          }
        },
        settle: async () =>
          await syncFingerprints(
            registry,
            withMoved(file, read.servers),
            withMoved(file, read.parse(after)),
          ),
      }
    },
  }
}
