import type * as React from 'react'
import { Controller, useFormState, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type { ErrorInfo } from '../../../shared/domain/errors.ts'
import { Field } from '../../ui/field.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { ArgumentList } from './argument-list.tsx'
import { ChoiceField } from './choice-field.tsx'
import { useIssueText } from './field-error.tsx'
import type { FieldsProps } from './fields-props.ts'
import { PairList } from './pair-list.tsx'

/** The fields that hold one line of text. */
type TextName = 'name' | 'command' | 'cwd' | 'envFile' | 'url' | 'headersHelper'

/** One line of text of the form, with its label, hint and what is wrong with it. */
function TextField({
  control,
  name,
  label,
  hint,
  onPaste,
  note,
  ...rest
}: FieldsProps & {
  readonly name: TextName
  readonly label: string
  readonly hint?: string | undefined
  readonly required?: boolean
  readonly mono?: boolean
  readonly placeholder?: string
  readonly onPaste?: (event: React.ClipboardEvent) => void
  /** What stands against a start, though not against saving. */
  readonly note?: string | undefined
}): React.JSX.Element {
  const issueText = useIssueText()
  const { required = false, mono = true, placeholder } = rest
  return (
    <Controller
      control={control}
      name={name}
      render={({ field, fieldState }) => (
        <Field
          label={label}
          required={required}
          hint={hint}
          error={issueText(fieldState.error?.message) ?? note}
        >
          <TextInput {...field} mono={mono} placeholder={placeholder} onPaste={onPaste} />
        </Field>
      )}
    />
  )
}

/** How the server is called and reached. */
export function IdentityFields({ control }: FieldsProps): React.JSX.Element {
  const { t } = useTranslation('serverForm')
  const transport = useWatch({ control, name: 'transport' })
  return (
    <>
      <TextField
        control={control}
        name="name"
        label={t('name')}
        hint={t('nameHint')}
        required
        mono={false}
      />
      <ChoiceField
        control={control}
        name="transport"
        label={t('transport.label')}
        hint={t(`transport.${transport}Hint`)}
        segments={[
          { value: 'stdio', label: t('transport.stdio') },
          { value: 'http', label: t('transport.http') },
          { value: 'sse', label: t('transport.sse') },
        ]}
      />
    </>
  )
}

/** What a program is started with. */
export function CommandFields({
  control,
  problem,
  onPasteCommand,
}: FieldsProps & {
  /** What stands against a start of what the form says; null: nothing known. */
  readonly problem: ErrorInfo | null
  readonly onPasteCommand: (event: React.ClipboardEvent) => void
}): React.JSX.Element {
  const { t } = useTranslation('serverForm')
  return (
    <>
      <TextField
        control={control}
        name="command"
        label={t('command')}
        hint={t('commandHint')}
        required
        placeholder={t('commandExample')}
        onPaste={onPasteCommand}
      />
      <Controller
        control={control}
        name="args"
        render={({ field }) => <ArgumentList value={field.value} onChange={field.onChange} />}
      />
      <PairsField control={control} kind="env" />
      <TextField
        control={control}
        name="cwd"
        label={t('cwd')}
        hint={t('cwdHint')}
        note={problem?.code === 'directory_not_found' ? t('issue.pathMissing') : undefined}
      />
      <TextField
        control={control}
        name="envFile"
        label={t('envFile')}
        hint={t('envFileHint')}
        note={problem?.code === 'file_unreadable' ? t('issue.fileUnreadable') : undefined}
      />
    </>
  )
}

/** What a remote server is asked with. */
export function RemoteFields({ control }: FieldsProps): React.JSX.Element {
  const { t } = useTranslation('serverForm')
  return (
    <>
      <TextField
        control={control}
        name="url"
        label={t('url')}
        required
        placeholder={t('urlExample')}
      />
      <PairsField control={control} kind="headers" />
      <TextField
        control={control}
        name="headersHelper"
        label={t('headersHelper')}
        hint={t('headersHelperHint')}
      />
    </>
  )
}

function PairsField({
  control,
  kind,
}: FieldsProps & { readonly kind: 'env' | 'headers' }): React.JSX.Element {
  const { errors } = useFormState({ control, name: kind })
  return (
    <Controller
      control={control}
      name={kind}
      render={({ field }) => (
        <PairList
          kind={kind}
          value={field.value}
          onChange={field.onChange}
          issueAt={(index) => errors[kind]?.[index]?.message}
        />
      )}
    />
  )
}
