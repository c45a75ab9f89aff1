import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { useHostInfo } from '../../host/host-info.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { Section } from '../../ui/section.tsx'

/** Where everything is stored. */
export function DataSettings(): React.JSX.Element {
  const { t } = useTranslation('settings')
  const dataDir = useHostInfo((state) => state.info?.dataDir ?? '')
  return (
    <Section title={t('data.title')} level={2}>
      <p className="font-medium">{t('data.folder')}</p>
      <CodeBlock text={dataDir} copy wrap />
      <p className="t-12 text-ink-3">{t('data.folderHint')}</p>
    </Section>
  )
}
