import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { FileList, type FileRow } from './file-list.tsx'
import { type FilePlace, placeOfFile, type ReadFile } from './import-files.ts'
import { ProblemCases } from './problem-cases.tsx'
import type { Scan, ScanSources } from './use-import-scan.ts'

/** The left column: the files that were found and the texts that were added, and what is wrong with them. */
export function FileColumn({
  scan,
  sources,
  onSources,
  onReadAgain,
}: {
  readonly scan: Scan
  readonly sources: ScanSources
  readonly onSources: (sources: ScanSources) => void
  readonly onReadAgain: () => void
}): React.JSX.Element {
  const { t } = useTranslation('import')
  const read = new Map((scan.report?.files ?? []).map((one) => [one.file, one]))
  const servers = scan.report?.servers ?? []
  const rowOf = (file: string, known: ReadFile | undefined, place: FilePlace | null): FileRow => ({
    file,
    place,
    servers: read.get(file)?.servers ?? known?.servers ?? null,
    isRead: !sources.unread.has(file),
  })
  const found = (scan.found ?? []).map((one) => rowOf(one.file, one, placeOfFile(one, servers)))
  const added = sources.added.map(({ name }) => rowOf(name, undefined, null))
  const withServers = (scan.report?.files ?? []).filter((one) => one.servers > 0)
  const setRead = (file: string, isRead: boolean) => {
    const unread = new Set(sources.unread)
    if (isRead) unread.delete(file)
    else unread.add(file)
    onSources({ ...sources, unread })
  }
  return (
    <div className="scroll flex w-[312px] flex-none flex-col border-line border-r max-narrow:w-[264px] max-low:w-auto max-low:overflow-visible max-low:border-r-0 max-low:border-b">
      {found.length > 0 && <FileList label={t('found')} rows={found} onRead={setRead} />}
      {added.length > 0 && (
        <FileList
          label={t('added')}
          rows={added}
          onRead={setRead}
          onRemove={(file) => {
            const unread = new Set(sources.unread)
            unread.delete(file)
            onSources({
              ...sources,
              added: sources.added.filter(({ name }) => name !== file),
              unread,
            })
          }}
        />
      )}
      <ProblemCases
        // What no vault can take is said above the servers, beside the button that opens one.
        problems={(scan.report?.problems ?? []).filter(({ about }) => about !== 'vault')}
        readInPart={new Set(withServers.map(({ file }) => file))}
        onReadAgain={onReadAgain}
      />
    </div>
  )
}
