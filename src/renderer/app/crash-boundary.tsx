import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { Case } from '../ui/case.tsx'
import { CodeBlock } from '../ui/code-block.tsx'

interface CrashBoundaryState {
  readonly fault: Error | null
}

/** Catches a fault of what is inside and says so in its place; servers run in the host and are not touched by it. */
export class CrashBoundary extends React.Component<React.PropsWithChildren, CrashBoundaryState> {
  override state: CrashBoundaryState = { fault: null }

  static getDerivedStateFromError(thrown: unknown): CrashBoundaryState {
    return { fault: thrown instanceof Error ? thrown : new Error(String(thrown)) }
  }

  override render(): React.ReactNode {
    return this.state.fault === null ? (
      this.props.children
    ) : (
      <CrashReport fault={this.state.fault} />
    )
  }
}

function CrashReport({ fault }: { readonly fault: Error }): React.JSX.Element {
  const { t } = useTranslation('app')
  return (
    <div role="alert" className="scroll p-4">
      <Case
        tone="bad"
        glyph="failed"
        title={t('crash.title')}
        level={2}
        actions={
          <Button variant="primary" onClick={() => window.location.reload()}>
            {t('crash.reload')}
          </Button>
        }
      >
        <p>{t('crash.text')}</p>
        <CodeBlock text={fault.stack ?? fault.message} copy />
      </Case>
    </div>
  )
}
