import { Search, X } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from './class-names.ts'
import { controlBox } from './control-classes.ts'
import { IconButton } from './icon-button.tsx'
import { Keys } from './keys.tsx'

/** What a search input takes. */
export interface SearchInputProps
  extends Omit<React.ComponentProps<'input'>, 'value' | 'onChange' | 'type' | 'aria-label'> {
  readonly value: string
  readonly onChange: (value: string) => void
  /** What is searched: read aloud, and shown while the input is empty. */
  readonly label: string
  /** The slash key focuses it, from wherever one is not typing. One such input per page. */
  readonly slashKey?: boolean | undefined
}

/** A text to search or filter by. Escape empties it. */
export function SearchInput({
  value,
  onChange,
  label,
  slashKey = false,
  className,
  onKeyDown,
  ...props
}: SearchInputProps): React.JSX.Element {
  const { t } = useTranslation('ui')
  const input = React.useRef<HTMLInputElement>(null)
  React.useEffect(() => {
    if (!slashKey) return
    const focus = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.defaultPrevented || isTyping(event.target)) return
      event.preventDefault()
      input.current?.focus()
      input.current?.select()
    }
    document.addEventListener('keydown', focus)
    return () => document.removeEventListener('keydown', focus)
  }, [slashKey])
  return (
    <span className={classNames('relative block min-w-0', className)}>
      <Search
        size={16}
        strokeWidth={1.75}
        className="pointer-events-none absolute top-1.5 left-2 text-ink-3"
        aria-hidden
      />
      <input
        autoComplete="off"
        spellCheck={false}
        placeholder={label}
        {...props}
        ref={input}
        type="text"
        role="searchbox"
        aria-label={label}
        aria-keyshortcuts={slashKey ? '/' : undefined}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value !== '') {
            event.preventDefault()
            event.stopPropagation()
            onChange('')
          }
          onKeyDown?.(event)
        }}
        className={classNames(controlBox, 't-13 h-7 w-full border-line-strong pr-7 pl-7')}
      />
      {value !== '' && (
        <IconButton
          label={t('clear')}
          icon={X}
          size="sm"
          className="absolute top-0.5 right-0.5"
          onClick={() => {
            onChange('')
            input.current?.focus()
          }}
        />
      )}
      {value === '' && slashKey && (
        <Keys keys="/" className="pointer-events-none absolute top-1.5 right-2" />
      )}
    </span>
  )
}

/** Whether a key goes to something one types into. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.matches('input, textarea, select')
}
