import type { EvidenceKind, MachineServer } from '../../../shared/domain/machine.ts'
import type { GlyphName } from '../../ui/state-glyph.tsx'
import type { Tone } from '../../ui/tone.ts'

/** Which processes are listed. */
export const processFilters = ['all', 'ours', 'others', 'duplicates', 'orphans'] as const
export type ProcessFilter = (typeof processFilters)[number]

/** Whether a server is of a filter. Pure. */
export function isInFilter(server: MachineServer, filter: ProcessFilter): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'ours':
      return isOurs(server)
    case 'others':
      return !isOurs(server)
    case 'duplicates':
      return server.copies > 1
    case 'orphans':
      return server.isOrphan
  }
}

function isOurs({ evidence }: MachineServer): boolean {
  return evidence.some(({ kind }) => kind === 'ours')
}

/** Whether each word of the text is found in what is shown of the server, in any case. Pure. */
export function matchesWords(server: MachineServer, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const shown = [
    server.name,
    server.client?.name ?? '',
    ...server.tree.flatMap(({ pid, command, args }) => [String(pid), command, ...args]),
  ]
    .join(' ')
    .toLowerCase()
  return words.every((word) => shown.includes(word))
}

/** A line of the list: a server, or what stands above several copies of one. */
export type ProcessLine =
  | { readonly kind: 'server'; readonly server: MachineServer; readonly isCopy: boolean }
  | {
      readonly kind: 'group'
      readonly identity: string
      readonly servers: readonly MachineServer[]
    }

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** The lines of the list: by name, copies of one server under each other, oldest first. The order does not depend on figures. Pure. */
export function linesOf(servers: readonly MachineServer[]): readonly ProcessLine[] {
  const groups = [...Map.groupBy(servers, ({ identity }) => identity)].toSorted(
    ([idA, [a]], [idB, [b]]) =>
      collator.compare(a?.name ?? '', b?.name ?? '') || collator.compare(idA, idB),
  )
  return groups.flatMap(([identity, members]): readonly ProcessLine[] => {
    const sorted = members.toSorted(
      (a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0) || a.pid - b.pid,
    )
    if (sorted.length > 1) {
      return [
        { kind: 'group', identity, servers: sorted },
        ...sorted.map((server) => ({ kind: 'server', server, isCopy: true }) as const),
      ]
    }
    return sorted.map((server) => ({ kind: 'server', server, isCopy: false }) as const)
  })
}

/** How the state of a server looks. */
export interface ProcessLook {
  readonly tone: Tone
  readonly glyph: GlyphName
  /** The key of its word. */
  readonly word: 'ours' | 'elsewhere' | 'orphan' | 'surplus' | 'used' | 'unknown'
}

/** How a server looks: what is left over stands out. Pure. */
export function lookOfProcess(server: MachineServer): ProcessLook {
  if (server.isOrphan) return { tone: 'bad', glyph: 'silent', word: 'orphan' }
  if (server.isSurplus) return { tone: 'wait', glyph: 'slow', word: 'surplus' }
  const own = server.evidence.find(({ kind }) => kind === 'ours')
  if (own?.kind === 'ours') {
    return { tone: 'ok', glyph: 'running', word: own.run === 'here' ? 'ours' : 'elsewhere' }
  }
  return { tone: 'off', glyph: 'running', word: server.client === null ? 'unknown' : 'used' }
}

/** The strongest evidence, by which the list says how a server is known. Pure. */
export function strongest(server: MachineServer): EvidenceKind {
  return server.evidence[0]?.kind ?? 'known-package'
}

/** Figures of several servers. */
export interface Totals {
  readonly servers: number
  readonly processes: number
  readonly memoryBytes: number
}

/** Adds servers up. Pure. */
export function totalsOf(servers: readonly MachineServer[]): Totals {
  return {
    servers: servers.length,
    processes: servers.reduce((sum, { tree }) => sum + tree.length, 0),
    memoryBytes: servers.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
  }
}
