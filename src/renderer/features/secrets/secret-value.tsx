import { Copy, Eye, EyeOff } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { SecretName } from '../../../shared/domain/ids.ts'
import { host } from '../../host/connection.ts'
import { useDesktop } from '../../host/desktop.ts'
import { Button } from '../../ui/button.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Section } from '../../ui/section.tsx'
import { toast } from '../../ui/toast.tsx'
import { tellFailure } from '../settings/tell-failure.ts'
import { copiedSeconds, copySecret } from './copy-secret.ts'
import { shownSeconds, useRevealed } from './use-revealed.ts'

/** The value of a secret: hidden, until a person asks for it and confirms that, and for half a minute only. */
export function SecretValue({
  name,
  title,
}: {
  readonly name: SecretName
  /** What it is called on the page. */
  readonly title: string
}): React.JSX.Element {
  const { t } = useTranslation('secrets')
  const { isShown, draw, reveal, hide } = useRevealed(name)
  const [isAsking, setAsking] = React.useState(false)
  const desktop = useDesktop(({ state }) => state)
  const copy = async () => {
    const onCleared = () => toast({ tone: 'off', text: t('value.cleared') })
    let isCleared = true
    if (desktop.isDesktop) await host().desktop.copySecret({ name })
    else isCleared = await copySecret((await host().secrets.reveal({ name })).value, onCleared)
    const text = isCleared ? t('value.copied', { seconds: copiedSeconds }) : t('value.copiedOnly')
    toast({ tone: isCleared ? 'ok' : 'wait', text })
  }
  return (
    <Section
      level={3}
      title={t('value.title')}
      side={
        <>
          {isShown ? (
            <Button size="sm" icon={EyeOff} onClick={hide}>
              {t('value.hide')}
            </Button>
          ) : (
            <Button size="sm" icon={Eye} onClick={() => setAsking(true)}>
              {t('value.reveal')}
            </Button>
          )}
          <Button size="sm" icon={Copy} onClick={() => void tellFailure(copy)}>
            {t('value.copy')}
          </Button>
        </>
      }
    >
      {isShown ? (
        <>
          {/* Its own copy button would leave the value in the clipboard. */}
          <CodeBlock ref={draw} copy={false} />
          <p className="t-12 text-ink-3">{t('value.hides', { seconds: shownSeconds })}</p>
        </>
      ) : (
        <p className="text-ink-3">{t('value.hidden')}</p>
      )}
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        variant="primary"
        title={t('value.confirm', { name: title })}
        text={
          desktop.isDesktop && desktop.hasTouchId
            ? `${t('value.confirmText')} ${t('value.confirmTouchId')}`
            : t('value.confirmText')
        }
        confirm={t('value.show')}
        onConfirm={() => void tellFailure(reveal)}
      />
    </Section>
  )
}
