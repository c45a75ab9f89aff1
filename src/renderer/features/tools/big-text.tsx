import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { formatBytes } from '../../ui/format.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import { splitLong } from './split-text.ts'

/** How much of a text is shown before someone asks for all of it, in characters. */
const firstChars = 50_000
/** Pieces of this size are laid out only when they come into view. */
const pieceChars = 20_000

/** Literal text of any length: the first part at once, all of it on demand, without ever laying out more than one sees. */
export function BigText({ text }: { readonly text: string }): React.JSX.Element {
  const { t } = useTranslation('tools')
  const [showsAll, setShowsAll] = React.useState(false)
  const isLong = text.length > firstChars
  const shown = isLong && !showsAll ? text.slice(0, firstChars) : text
  return (
    <div className="flex flex-col gap-2">
      <pre className="mono-12 whitespace-pre-wrap text-ink wrap-anywhere">
        {isLong
          ? splitLong(shown, pieceChars).map((piece) => (
              <span
                key={piece.at}
                className="block [contain-intrinsic-size:auto_4000px] [content-visibility:auto]"
              >
                {piece.text}
              </span>
            ))
          : text}
      </pre>
      {isLong && !showsAll && (
        <p className="t-12 flex items-center gap-2 text-ink-3">
          {t('result.firstPart', {
            size: formatBytes(firstChars),
            all: formatBytes(text.length),
          })}
          <LinkButton onClick={() => setShowsAll(true)}>
            {t('result.showAll', { size: formatBytes(text.length) })}
          </LinkButton>
        </p>
      )}
    </div>
  )
}
