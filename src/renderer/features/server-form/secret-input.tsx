import { Eye, EyeOff } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/icon-button.tsx'
import { TextInput, type TextInputProps } from '../../ui/text-input.tsx'
import { hasVariable } from './form-values.ts'

/** An input whose value is masked while it is typed, with a button that shows it. */
export function SecretInput({
  name,
  ...props
}: TextInputProps & {
  /** What it is of: read with the button. */
  readonly name: string
}): React.JSX.Element {
  const { t } = useTranslation('serverForm')
  const [isShown, setShown] = React.useState(false)
  return (
    <span className="relative block min-w-0 flex-1">
      <TextInput
        {...props}
        mono
        type={isShown || hasVariable(String(props.value)) ? 'text' : 'password'}
        // Keeps the browser from offering to remember it, or from filling in another one.
        autoComplete="new-password"
        className="pr-8"
      />
      <span className="absolute top-0.5 right-0.5">
        <IconButton
          icon={isShown ? EyeOff : Eye}
          size="sm"
          label={t(isShown ? 'secret.hide' : 'secret.show', { name })}
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
        />
      </span>
    </span>
  )
}
