import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { Case } from '../ui/case.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Dialog } from '../ui/dialog.tsx'

interface CrashBoundaryProps extends React.PropsWithChildren {
  /** For what floats over the page: the report floats there too, and this closes both. */
  readonly onClose?: () => void
}

interface CrashBoundaryState {
  readonly fault: Error | null
}

/** Catches a fault of what is inside and says so in its place; servers run in the host and are not touched by it. */
export class CrashBoundary extends React.Component<CrashBoundaryProps, CrashBoundaryState> {
  override state: CrashBoundaryState = { fault: null }

  static getDerivedStateFromError(thrown: unknown): CrashBoundaryState {
    return { fault: thrown instanceof Error ? thrown : new Error(String(thrown)) }
  }

  override render(): React.ReactNode {
    const { fault } = this.state
    const { children, onClose } = this.props
    if (fault === null) return children
    return onClose === undefined ? (
      <CrashReport fault={fault} />
    ) : (
      <CrashDialog fault={fault} onClose={onClose} />
    )
  }
}

function CrashReport({ fault }: { readonly fault: Error }): React.JSX.Element {
  const { t } = useTranslation('app')
  return (
    <div role="alert" className="scroll h-full p-4">
      <Case
        tone="bad"
        glyph="failed"
        title={t('crash.title')}
        level={2}
        actions={
          <Button variant="primary" onClick={reload}>
            {t('crash.reload')}
          </Button>
        }
      >
        <p>{t('crash.text')}</p>
        <CodeBlock text={fault.stack ?? fault.message} />
      </Case>
    </div>
  )
}

function CrashDialog({ fault, onClose }: { readonly fault: Error; readonly onClose: () => void }) {
  const { t } = useTranslation('app')
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('crash.title')}
      description={t('crash.text')}
      foot={
        <Button size="lg" variant="primary" onClick={reload}>
          {t('crash.reload')}
        </Button>
      }
    >
      <CodeBlock text={fault.stack ?? fault.message} />
    </Dialog>
  )
}

function reload(): void {
  window.location.reload()
}
