import { Lock, LockOpen } from 'lucide-react'
import type * as React from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { useVaultWord } from '../../host/vault-word.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { isTypedSecret } from './draft-of.ts'
import { hasVariable, isSecretName, type PairRow } from './form-values.ts'
import { SecretInput } from './secret-input.tsx'

/** What the value of a row takes. */
export interface PairValueProps {
  readonly row: PairRow
  readonly label: string
  readonly placeholder: string
  /** The attributes that tie it to its error. */
  readonly described: { readonly 'aria-invalid'?: true; readonly 'aria-describedby'?: string }
  readonly onChange: (change: Partial<Pick<PairRow, 'value' | 'toVault'>>) => void
  readonly onPaste: (event: React.ClipboardEvent) => void
}

/** The value of a variable or header: plain, masked where its name says that it is a secret, or kept in the vault. */
export function PairValue({
  row,
  label,
  placeholder,
  described,
  onChange,
  onPaste,
}: PairValueProps): React.JSX.Element {
  const { t } = useTranslation('serverForm')
  const vault = t(`vaultWord.${useVaultWord()}`)
  const name = row.name.trim()
  if (row.kept !== null && row.value === row.kept) {
    return (
      <span className="t-12 flex min-h-7 items-center gap-2 rounded-md bg-you-soft px-2">
        <Lock size={14} className="flex-none text-you" aria-hidden />
        <span className="min-w-0 wrap-anywhere">
          <Around reference={row.kept} /> {t('secret.kept', { vault })}
        </span>
        <LinkButton
          className="ml-auto flex-none"
          aria-label={t('secret.replaceOf', { name })}
          onClick={(event) => {
            const item = event.currentTarget.closest('li')
            // Whoever presses Replace wants to type: the input is drawn at once.
            flushSync(() => onChange({ value: '' }))
            item?.querySelectorAll('input')[1]?.focus()
          }}
        >
          {t('secret.replace')}
        </LinkButton>
      </span>
    )
  }
  const looksSecret = row.kept !== null || isSecretName(row.name)
  const canChoose = !looksSecret && row.value !== '' && !hasVariable(row.value)
  const input = {
    ...described,
    'aria-label': label,
    value: row.value,
    placeholder,
    onPaste,
    onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
      onChange({ value: event.target.value }),
  }
  return (
    <span className="flex min-w-0 flex-col">
      {looksSecret || row.toVault ? (
        <SecretInput {...input} name={name} />
      ) : (
        <span className="relative block">
          <TextInput {...input} mono className="pr-8" />
          {canChoose && (
            <span className="absolute top-0.5 right-0.5">
              <IconButton
                icon={LockOpen}
                size="sm"
                label={t('secret.toVault', { name, vault })}
                onClick={(event) => {
                  const item = event.currentTarget.closest('li')
                  // The button goes away: the focus stays with the value.
                  flushSync(() => onChange({ toVault: true }))
                  item?.querySelectorAll('input')[1]?.focus()
                }}
              />
            </span>
          )}
        </span>
      )}
      {row.kept !== null && (
        <LinkButton
          className="t-12 self-start"
          aria-label={t('secret.keepOf', { name })}
          onClick={() => onChange({ value: row.kept ?? '' })}
        >
          {t('secret.keep')}
        </LinkButton>
      )}
      {isTypedSecret(row) && (
        <span className="t-12 text-ink-3">
          {t(looksSecret ? 'secret.willBeKept' : 'secret.chosen', { vault })}{' '}
          {!looksSecret && (
            <LinkButton
              className="t-12"
              aria-label={t('secret.leavePlainOf', { name })}
              onClick={() => onChange({ toVault: false })}
            >
              {t('secret.leavePlain')}
            </LinkButton>
          )}
        </span>
      )}
    </span>
  )
}

/** What stands round a reference is no secret: `Bearer ••••`. */
function Around({ reference }: { readonly reference: string }): React.JSX.Element {
  return <code>{reference.replace(/secret:\/\/[a-z0-9][a-z0-9._-]*/g, '••••')}</code>
}
