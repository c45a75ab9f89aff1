import { Check, Copy, type LucideIcon } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import { IconButton } from './icon-button.tsx'
import { toast } from './toast.tsx'

/** How long the button says that it has copied, in milliseconds. */
const copiedFor = 1_500

/** What a copy button takes. */
export interface CopyButtonProps {
  /** What is copied; a function when it is made only then. */
  readonly text: string | (() => string)
  /** What it does, when "Copy" does not say enough. */
  readonly label?: string | undefined
  /** With its label as text, as an outline; else an icon. */
  readonly wide?: boolean | undefined
  readonly size?: 'sm' | 'md' | undefined
  readonly className?: string | undefined
}

/** Copies a text, and says so in its place and to the screen reader. */
export function CopyButton({
  text,
  label,
  wide = false,
  size = 'sm',
  className,
}: CopyButtonProps): React.JSX.Element {
  const { t } = useTranslation('ui')
  const [copied, setCopied] = React.useState(false)
  React.useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), copiedFor)
    return () => clearTimeout(timer)
  }, [copied])
  const name = copied ? t('copied') : (label ?? t('copy'))
  const icon: LucideIcon = copied ? Check : Copy
  const copy = () => {
    navigator.clipboard.writeText(typeof text === 'string' ? text : text()).then(
      () => setCopied(true),
      () => toast({ tone: 'bad', text: t('copyFailed') }),
    )
  }
  return (
    <>
      {wide ? (
        <Button icon={icon} size={size} onClick={copy} className={className}>
          {name}
        </Button>
      ) : (
        <IconButton icon={icon} size={size} label={name} onClick={copy} className={className} />
      )}
      <span className="hear-only" aria-live="polite">
        {copied ? t('copied') : ''}
      </span>
    </>
  )
}
