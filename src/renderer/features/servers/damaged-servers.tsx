import { X } from 'lucide-react'
import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { create } from 'zustand'
import { formatRoute } from '../../app/route.ts'
import { useHostInfo } from '../../host/host-info.ts'
import { errorText } from '../../i18n/error-text.ts'
import { Case } from '../../ui/case.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { damagedServers } from './damaged-notice.ts'

/** The run of the host whose notice was put away, by its start; a page that is loaded anew says it again. */
const usePutAway = create<{ readonly startedAt: number | null }>(() => ({ startedAt: null }))

/** Says that the file of servers was damaged, what is shown instead of it, and where the file is. Absent where it was not. */
export function DamagedServers(): React.JSX.Element | null {
  const { t } = useTranslation('servers')
  const info = useHostInfo((state) => state.info)
  const putAway = usePutAway((state) => state.startedAt)
  const notice = damagedServers(info?.notices ?? [])
  if (info === null || notice === null || putAway === info.startedAt) return null
  const { title, hint, action } = errorText(notice)
  const { keptAs } = notice.data
  return (
    <div className="scroll max-h-[45%] flex-none p-4 pb-0">
      <Case
        tone="wait"
        glyph="slow"
        level={2}
        title={title}
        side={
          <IconButton
            icon={X}
            size="sm"
            label={t('damaged.putAway')}
            onClick={() => usePutAway.setState({ startedAt: info.startedAt })}
          />
        }
        actions={
          <>
            {typeof keptAs === 'string' && (
              <CopyButton text={() => keptAs} label={t('damaged.copyPath')} size="md" />
            )}
            <a href={formatRoute({ page: 'settings', section: 'notices' })}>
              {t('damaged.notices')}
            </a>
          </>
        }
      >
        <p className="wrap-anywhere">{hint}</p>
        <p>{action}</p>
      </Case>
    </div>
  )
}
