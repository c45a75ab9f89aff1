import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { restartToUpdate } from '../features/settings/change-desktop.ts'
import { useDesktop } from '../host/desktop.ts'
import { toast } from '../ui/toast.tsx'

/** Tells once that a newer version is ready. Nothing restarts by itself. */
export function useUpdateNotice(): void {
  const { t } = useTranslation('app')
  const version = useDesktop(({ state }) =>
    state.isDesktop && state.update.state === 'ready' ? state.update.version : null,
  )
  React.useEffect(() => {
    if (version === null) return
    toast({
      tone: 'ok',
      text: t('updateReady', { version }),
      action: { label: t('restartToUpdate'), onSelect: () => void restartToUpdate() },
    })
  }, [version, t])
}
