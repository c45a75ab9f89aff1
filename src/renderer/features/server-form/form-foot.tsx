import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'

/** The buttons that save the form or leave it. */
export function FormFoot({
  isSaving,
  onCancel,
  onSave,
}: {
  readonly isSaving: boolean
  readonly onCancel: () => void
  readonly onSave: (start: boolean) => void
}): React.JSX.Element {
  const { t } = useTranslation('serverForm')
  return (
    <div className="flex min-h-[52px] flex-none flex-wrap items-center justify-end gap-3 border-line border-t px-4 py-2">
      <Button size="lg" onClick={onCancel} keys="Esc">
        {t('cancel')}
      </Button>
      <Button size="lg" disabled={isSaving} onClick={() => onSave(true)}>
        {t('saveAndStart')}
      </Button>
      <Button
        size="lg"
        variant="primary"
        keys="Mod+Enter"
        disabled={isSaving}
        onClick={() => onSave(false)}
      >
        {t('save')}
      </Button>
    </div>
  )
}
