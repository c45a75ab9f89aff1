import { AppError } from '../../../shared/domain/errors.ts'
import type { Move } from '../../../shared/domain/literals.ts'
import type { ServerRegistry } from '../../servers/server-registry.ts'
import { replaceFile } from '../../storage/replace-file.ts'
import { withTransport } from './definitions-source.ts'
import { locateTexts } from './located-text.ts'
import type { MoveBackup } from './move-store.ts'
import type { WithMoved } from './moved-references.ts'
import type { ReadFile } from './read-editable.ts'
import { spliced } from './splice.ts'
import { syncFingerprints } from './sync-fingerprints.ts'

type FileBackup = Extract<MoveBackup, { kind: 'file' }>

/**
 * Puts the credentials of a move back: the file as it was, byte for byte, or, where somebody changed it since, each credential in
 * place of its reference. Throws `file_changed` with `places` where one of those is gone; nothing is changed then.
 */
export async function undoMove(
  { file }: Move,
  backup: MoveBackup,
  services: {
    readonly registry: Pick<ServerRegistry, 'list' | 'change' | 'get'>
    readonly read: (file: string) => Promise<ReadFile>
    readonly withMoved: WithMoved
  },
): Promise<void> {
  const { registry, withMoved } = services
  if (backup.kind === 'definitions') {
    const servers = registry.list().flatMap((server) => {
      const one = backup.servers.find(({ id }) => id === server.id)
      if (one === undefined) return []
      withTransport(server, one.after, one.before, file)
      return { ...one, id: server.id }
    })
    for (const { id, before, after } of servers) {
      await registry.change(id, (server) => withTransport(server, after, before, file))
    }
    return
  }
  const read = await services.read(file)
  const content = read.mark + read.text
  const restored = restoredText(file, read, backup)
  if (restored !== content) await replaceFile(file, restored, { expected: content })
  const after = read.parse(restored.slice(read.mark.length))
  await syncFingerprints(registry, withMoved(file, read.servers), withMoved(file, after))
}

/** The content with the credentials in it again. */
function restoredText(file: string, read: ReadFile, backup: FileBackup): string {
  const content = read.mark + read.text
  // A crash between the backup and the edit leaves the file as it was.
  if (content === backup.after || content === backup.before) return backup.before
  if (backup.texts === null) throw new AppError('file_changed', { file, places: [file] })
  const located = locateTexts(read.kind, read.text)
  const gone: string[] = []
  const splices = backup.texts.flatMap(({ path, place, before, written, after }) => {
    const key = JSON.stringify(path)
    const here = located.findLast((one) => JSON.stringify(one.path) === key)
    if (here?.value === before) return []
    if (here?.value !== after) gone.push(place)
    return here === undefined
      ? []
      : { start: here.start, end: here.end, insert: written ?? JSON.stringify(before) }
  })
  if (gone.length > 0) throw new AppError('file_changed', { file, places: gone })
  const ordered = splices.toSorted((a, b) => a.start - b.start)
  return read.mark + spliced(read.text, ordered)
}
