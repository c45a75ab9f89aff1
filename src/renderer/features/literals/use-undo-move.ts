import { useTranslation } from 'react-i18next'
import { host } from '../../host/connection.ts'
import { toast } from '../../ui/toast.tsx'
import { tellFailure } from '../settings/tell-failure.ts'

/** Answers with what puts the credentials of a move back into their file, and says how that went. */
export function useUndoMove(onUndone: () => void): (id: string) => Promise<void> {
  const { t } = useTranslation('literals')
  return async (id) =>
    await tellFailure(async () => {
      await host().literals.undo({ id })
      toast({ tone: 'ok', text: t('done.undone') })
      onUndone()
    })
}
