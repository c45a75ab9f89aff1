import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { appVersion } from '../../../shared/app-version.ts'
import { useRoute } from '../../app/route.ts'
import { useHostInfo } from '../../host/host-info.ts'
import { errorText } from '../../i18n/error-text.ts'
import { Case } from '../../ui/case.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { formatMoment } from '../../ui/format.ts'
import { KeyValues } from '../../ui/key-values.tsx'
import { Section } from '../../ui/section.tsx'

/** Versions, to be quoted in a report, and what the host wants a person to know. */
export function AboutSettings(): React.JSX.Element | null {
  const { t } = useTranslation('settings')
  const info = useHostInfo((state) => state.info)
  const notices = React.useRef<HTMLDivElement>(null)
  const isAskedFor = useRoute(
    ({ route }) => route.page === 'settings' && route.section === 'notices',
  )
  const isKnown = info !== null
  React.useEffect(() => {
    if (isAskedFor && isKnown) notices.current?.scrollIntoView()
  }, [isAskedFor, isKnown])
  if (info === null) return null
  const items = [
    { label: t('about.version'), value: info.version },
    { label: t('about.page'), value: appVersion },
    { label: t('about.node'), value: info.nodeVersion },
    { label: t('about.platform'), value: info.platform },
    {
      label: t('about.process'),
      value: t('about.processValue', { pid: info.pid, time: formatMoment(info.startedAt) }),
    },
    { label: t('about.license'), value: t('about.mit') },
  ]
  return (
    <>
      <Section
        title={t('about.title')}
        level={2}
        side={
          <CopyButton
            label={t('about.copy')}
            text={items.map(({ label, value }) => `${label}: ${value}`).join('\n')}
          />
        }
      >
        <KeyValues items={items} />
      </Section>
      <div ref={notices}>
        <Section title={t('about.notices')} level={2}>
          {info.notices.length === 0 && <p className="text-ink-3">{t('about.noticesNone')}</p>}
          {info.notices.map((notice) => {
            const { title, hint, action } = errorText(notice)
            return (
              <Case key={`${notice.code} ${title}`} tone="wait" glyph="slow" title={title}>
                <p>{hint}</p>
                <p>{action}</p>
              </Case>
            )
          })}
        </Section>
      </div>
    </>
  )
}
