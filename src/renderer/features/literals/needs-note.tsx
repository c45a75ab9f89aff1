import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ReferenceNeed } from '../../../shared/domain/literals.ts'
import { CodeBlock } from '../../ui/code-block.tsx'

/** What a client needs from a person so that it can fill in its references; nothing where the vault fills them in. */
export function NeedsNote({
  needs,
}: {
  readonly needs: readonly ReferenceNeed[]
}): React.JSX.Element | null {
  const { t } = useTranslation('literals')
  const variables = needs.filter(({ resolver }) => resolver === 'variable')
  const prompts = needs.filter(({ resolver }) => resolver === 'prompt')
  if (variables.length > 0) {
    return (
      <div className="flex flex-col gap-2">
        <p>
          <b className="font-medium">{t('needs.variableTitle', { count: variables.length })}.</b>{' '}
          {t('needs.variable', { count: variables.length })}
        </p>
        <CodeBlock
          text={variables
            .map(({ name, key }) => `export ${key}="$(mcp-manager secrets show ${name})"`)
            .join('\n')}
        />
      </div>
    )
  }
  if (prompts.length === 0) return null
  return (
    <p>
      <b className="font-medium">{t('needs.promptTitle', { count: prompts.length })}.</b>{' '}
      {t('needs.prompt')}
    </p>
  )
}
