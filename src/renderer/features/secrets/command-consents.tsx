import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { SecretCommand } from '../../../shared/contract/secrets.ts'
import { host } from '../../host/connection.ts'
import { Button } from '../../ui/button.tsx'
import { Case } from '../../ui/case.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { Section } from '../../ui/section.tsx'
import { tellFailure } from '../settings/tell-failure.ts'

/** The commands that give secrets: each in full, with the consent to it. Those that wait come first. */
export function CommandConsents({
  commands,
}: {
  readonly commands: readonly SecretCommand[]
}): React.JSX.Element {
  const { t } = useTranslation('secrets')
  const sorted = commands.toSorted((a, b) => Number(a.isAllowed) - Number(b.isAllowed))
  return (
    <Section
      level={2}
      title={t('commands.title')}
      className="scroll max-h-1/2 flex-none border-line border-b p-4"
    >
      {sorted.map((one) => (
        <Case
          key={`${one.serverId} ${one.command}`}
          tone={one.isAllowed ? 'off' : 'you'}
          glyph={one.isAllowed ? undefined : 'asks'}
          title={t(one.isAllowed ? 'commands.allowed' : 'commands.waits', {
            server: one.serverName,
          })}
          side={
            one.isAllowed ? (
              <Button size="sm" onClick={() => allow(one, false)}>
                {t('commands.revoke')}
              </Button>
            ) : undefined
          }
          actions={
            one.isAllowed ? undefined : (
              <Button variant="primary" onClick={() => allow(one, true)}>
                {t('commands.allow')}
              </Button>
            )
          }
        >
          <CodeBlock text={one.command} />
          {!one.isAllowed && <p>{t('commands.waitsText')}</p>}
        </Case>
      ))}
    </Section>
  )
}

function allow({ serverId, command }: SecretCommand, isAllowed: boolean): void {
  void tellFailure(() => host().secrets.allowCommand({ serverId, command, isAllowed }))
}
