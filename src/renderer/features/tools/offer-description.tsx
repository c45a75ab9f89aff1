import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from '../../ui/class-names.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import { Described } from './described.tsx'
import { isLongText } from './split-text.ts'

/** What a tool says about itself. A long text is folded until someone asks for it: the form below is what people come for. */
export function OfferDescription({ text }: { readonly text: string }): React.JSX.Element {
  const { t } = useTranslation('tools')
  const [isOpen, setOpen] = React.useState(false)
  const isLong = isLongText(text)
  return (
    <div className="flex flex-col items-start">
      <p
        className={classNames(
          'max-w-[84ch] whitespace-pre-line text-ink-2 wrap-anywhere',
          isLong && !isOpen && 'line-clamp-5',
        )}
      >
        <Described text={text} />
      </p>
      {isLong && (
        <LinkButton aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t(isOpen ? 'description.less' : 'description.more')}
        </LinkButton>
      )}
    </div>
  )
}
