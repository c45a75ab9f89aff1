import { Copy, Pencil, Trash2 } from 'lucide-react'
import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerDefinition } from '../../../../shared/domain/server-definition.ts'
import { go } from '../../../app/route.ts'
import { useShortPath } from '../../../host/short-path.ts'
import { Button } from '../../../ui/button.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { formatDuration } from '../../../ui/format.ts'
import { KeyValues } from '../../../ui/key-values.tsx'
import { PaneBody } from '../../../ui/pane.tsx'
import { Section } from '../../../ui/section.tsx'
import { clientNames } from '../client-names.ts'
import { definitionJson } from '../definition-json.ts'
import { duplicate, remove } from '../server-actions.ts'
import { DefinitionFacts } from './definition-facts.tsx'
import { UpkeepSection } from './upkeep-section.tsx'

/** The definition as facts, and what changes it. */
export function ConfigTab({
  definition,
}: {
  readonly definition: ServerDefinition
}): React.JSX.Element {
  const { t } = useTranslation('servers')
  const { id, timeouts, tools } = definition
  const timeout = (ms: number | null) => (ms === null ? t('config.byDefault') : formatDuration(ms))
  return (
    <PaneBody>
      <div className="flex flex-none flex-wrap gap-2">
        <Button icon={Pencil} onClick={() => go({ page: 'edit-server', serverId: id })}>
          {t('do.edit')}
        </Button>
        <Button icon={Copy} onClick={() => void duplicate(id)}>
          {t('do.duplicate')}
        </Button>
        <Button icon={Trash2} onClick={() => void remove(id)}>
          {t('do.remove')}
        </Button>
        <CopyButton
          wide
          size="md"
          label={t('do.copyJson')}
          text={() => definitionJson(definition)}
        />
      </div>
      <Section title={t('config.definition')}>
        <DefinitionFacts definition={definition} />
      </Section>
      <Section title={t('config.limits')}>
        <KeyValues
          items={[
            { label: t('config.startTimeout'), value: timeout(timeouts.startMs) },
            { label: t('config.callTimeout'), value: timeout(timeouts.callMs) },
            {
              label: t('config.toolsShown'),
              value:
                tools.allow === null
                  ? t('config.allTools')
                  : t('config.onlyTools', { names: tools.allow.join(', ') }),
            },
            ...(tools.deny.length === 0
              ? []
              : [{ label: t('config.hiddenTools'), value: tools.deny.join(', ') }]),
          ]}
        />
      </Section>
      <UpkeepSection definition={definition} />
      <Section title={t('config.sources')}>
        <Sources definition={definition} />
      </Section>
    </PaneBody>
  )
}

function Sources({
  definition: { sources, editedHere },
}: {
  readonly definition: ServerDefinition
}): React.JSX.Element {
  const { t } = useTranslation('servers')
  const shorten = useShortPath()
  return (
    <>
      {sources.length === 0 && <p>{t('runs.addedHere')}</p>}
      <ul className="flex flex-col gap-2">
        {sources.map(({ client, file, section, key, disabled }) => (
          <li key={`${file} ${section} ${key}`}>
            {clientNames[client]}
            {disabled && <span className="t-12 text-ink-3"> {t('config.offThere')}</span>}
            <code className="mono-11 block text-ink-2 wrap-anywhere">{shorten(file)}</code>
            <code className="mono-11 block text-ink-3 wrap-anywhere">{`${section} › ${key}`}</code>
          </li>
        ))}
      </ul>
      {editedHere && sources.length > 0 && (
        <p className="t-12 text-ink-3">{t('config.editedHere')}</p>
      )}
    </>
  )
}
