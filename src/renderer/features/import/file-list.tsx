import { X } from 'lucide-react'
import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { useShortPath } from '../../host/short-path.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import type { FilePlace } from './import-files.ts'

/** One file of the list. */
export interface FileRow {
  /** The path, or the name of a text that was added. */
  readonly file: string
  /** Null for a text of which nothing could be told. */
  readonly place: FilePlace | null
  /** Null: not read now. */
  readonly servers: number | null
  readonly isRead: boolean
}

/** Files, each with a checkbox for whether it is read. */
export function FileList({
  label,
  rows,
  onRead,
  onRemove,
}: {
  readonly label: string
  readonly rows: readonly FileRow[]
  readonly onRead: (file: string, isRead: boolean) => void
  /** Absent: they cannot be taken away. */
  readonly onRemove?: ((file: string) => void) | undefined
}): React.JSX.Element {
  const { t } = useTranslation('import')
  const shortPath = useShortPath()
  return (
    <section aria-label={label}>
      <h2 className="t-12 px-4 pt-3 pb-1 font-semibold text-ink-2">{label}</h2>
      <ul>
        {rows.map(({ file, place, servers, isRead }) => (
          <li
            key={file}
            className="grid min-h-12 grid-cols-[24px_minmax(0,1fr)_auto] items-center gap-x-1 py-1 pr-4 pl-2"
          >
            <Checkbox
              checked={isRead}
              onChange={(next) => onRead(file, next)}
              label={t('file.include', { file })}
            />
            <div className="min-w-0">
              <b className="block font-medium">
                {place === null ? file : place.client}
                {place !== null && (
                  <span className="ml-1 font-normal text-ink-3">
                    {place.folder === null
                      ? t('file.user')
                      : t('file.project', { folder: place.folder })}
                  </span>
                )}
              </b>
              {place !== null && (
                <code className="block leading-4 wrap-anywhere text-ink-3">{shortPath(file)}</code>
              )}
            </div>
            <span className="t-12 flex items-center gap-1 text-ink-3 tabular-nums">
              {servers ?? ''}
              {onRemove !== undefined && (
                <IconButton
                  icon={X}
                  size="sm"
                  label={t('file.remove', { file })}
                  onClick={() => onRemove(file)}
                />
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
