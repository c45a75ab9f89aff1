import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { english } from '../../i18n/english.ts'

/** One part of the design system under its title. */
export function Part({
  title,
  children,
}: {
  readonly title: keyof (typeof english)['parts']['section']
  readonly children: React.ReactNode
}): React.JSX.Element {
  const { t } = useTranslation('parts')
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <h3 className="t-12 border-b border-line pb-1 font-semibold text-ink-3">
        {t(`section.${title}`)}
      </h3>
      {children}
    </div>
  )
}

/** Things side by side. */
export function Line({ children }: { readonly children: React.ReactNode }): React.JSX.Element {
  return <div className="flex flex-wrap items-center gap-2">{children}</div>
}
