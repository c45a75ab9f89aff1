import * as React from 'react'
import type { ImportReport } from '../../../shared/contract/clients.ts'
import type { ErrorText } from '../../../shared/domain/describe-error.ts'
import type { ImportProblem } from '../../../shared/domain/import.ts'
import { host } from '../../host/connection.ts'
import { thrownText } from '../../i18n/error-text.ts'
import type { ReadFile } from './import-files.ts'
import type { InboxText } from './import-inbox.ts'

/** What is read: the files found on this machine less those left out, and the texts that were added. */
export interface ScanSources {
  /** Texts that were pasted or dropped. They may hold secrets: kept only while the page is open. */
  readonly added: readonly InboxText[]
  /** Found files and added texts that are not read, by name. */
  readonly unread: ReadonlySet<string>
  /** Counted up to read all of it again. */
  readonly round: number
}

/** What the host read. */
export interface Scan {
  /** The files found on this machine, whether they are read or not; null before the first answer. */
  readonly found: readonly ReadFile[] | null
  /** What an import would do with the files that are read; the one before stays while the next is on its way. */
  readonly report: ImportReport | null
  readonly error: ErrorText | null
  readonly isBusy: boolean
}

type Files = Parameters<ReturnType<typeof host>['clients']['import']>[0]['files']

interface Answer extends Omit<Scan, 'isBusy'> {
  /** What was asked; null before the first answer. */
  readonly sources: ScanSources | null
}

/** Reads what there is to import, anew whenever the sources are others. Nothing is written. */
export function useImportScan(sources: ScanSources): Scan {
  const [answer, setAnswer] = React.useState<Answer>({
    sources: null,
    found: null,
    report: null,
    error: null,
  })
  React.useEffect(() => {
    const controller = new AbortController()
    void read(sources, controller.signal).then((change) => {
      // What a newer question has replaced is not answered any more.
      if (!controller.signal.aborted) setAnswer((before) => ({ ...before, ...change, sources }))
    })
    return () => controller.abort()
  }, [sources])
  const { found, report, error } = answer
  return { found, report, error, isBusy: answer.sources !== sources }
}

async function read(sources: ScanSources, signal: AbortSignal): Promise<Partial<Scan>> {
  try {
    const all = await dryRun([], signal)
    const found = all.files
    const files = filesOf(sources, found)
    const report =
      files.length === 0
        ? sources.unread.size === 0
          ? all
          : nothingOf(all)
        : await dryRun(files, signal)
    return { found, report, error: null }
  } catch (thrown) {
    return { error: thrownText(thrown) }
  }
}

/** What is wrong with a text of which no server comes, in words; null: it has servers, or nothing is said of it. */
export async function faultOfText(text: InboxText): Promise<ReadFault | null> {
  try {
    const { servers, problems } = await dryRun(filesOf({ added: [text], unread: new Set() }, []))
    if (servers.length > 0) return null
    return { problem: problems.find(({ severity }) => severity === 'error') ?? null, failure: null }
  } catch (thrown) {
    return { problem: null, failure: thrownText(thrown) }
  }
}

/** Why a text gave no server: what the host found, or why it could not be asked; neither: it just holds none. */
export interface ReadFault {
  readonly problem: ImportProblem | null
  readonly failure: ErrorText | null
}

async function dryRun(files: Files, signal?: AbortSignal): Promise<ImportReport> {
  return await host().clients.import(
    { files, dryRun: true, start: false, only: null, leaveOut: [] },
    signal === undefined ? {} : { signal },
  )
}

/** What the call is to read; empty: all that can be found, where nothing was added or left out. Pure. */
export function filesOf(
  { added, unread }: Pick<ScanSources, 'added' | 'unread'>,
  found: readonly ReadFile[],
): Files {
  if (added.length === 0 && unread.size === 0) return []
  return [
    ...found
      .filter(({ file }) => !unread.has(file))
      .map(({ client, file }) => ({ file, format: client, text: null })),
    ...added
      .filter(({ name }) => !unread.has(name))
      .map(({ name, text }) => ({ file: name, format: null, text })),
  ]
}

/** Every file is left out. */
function nothingOf(report: ImportReport): ImportReport {
  return { ...report, servers: [], gone: [], files: [], secretsLeftOut: false }
}
