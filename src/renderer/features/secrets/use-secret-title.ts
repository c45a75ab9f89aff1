import { useTranslation } from 'react-i18next'
import type { SecretView } from '../../../shared/contract/secrets.ts'

/** Says what a secret is called: its name, or for the answer to an input what was asked, and for which server. */
export function useSecretTitle(): (secret: SecretView) => string {
  const { t } = useTranslation('secrets')
  return ({ name, inputId, users }) =>
    inputId === null
      ? name
      : t('input', { id: inputId, server: users.map((user) => user.name).join(', ') })
}
