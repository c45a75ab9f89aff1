import * as React from 'react'
import { useTranslation } from 'react-i18next'

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
  const details = fault.stack ?? fault.message
  return (
    <section role="alert" className="scroll m-5 flex flex-col items-start gap-3">
      <h1 className="t-16">{t('crash.title')}</h1>
      <p className="text-ink-2">{t('crash.text')}</p>
      <pre className="max-w-full whitespace-pre-wrap rounded-md border border-line bg-sunken px-3 py-2">
        {details}
      </pre>
      <button type="button" onClick={() => window.location.reload()}>
        {t('crash.reload')}
      </button>
    </section>
  )
}
