import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { go, home } from '../../app/route.ts'
import { Button } from '../../ui/button.tsx'
import { Case } from '../../ui/case.tsx'
import { Problem } from './problem-cases.tsx'
import type { ImportOutcome } from './use-import-run.ts'

/** An import that is done, and what should be known of it. */
export function ImportDone({ outcome }: { readonly outcome: ImportOutcome }): React.JSX.Element {
  const { t } = useTranslation('import')
  return (
    <div className="scroll flex min-h-0 flex-1 flex-col p-5">
      <div aria-live="polite" className="w-full max-w-[720px]">
        <Case
          tone="wait"
          glyph="slow"
          level={2}
          title={t('done.title')}
          actions={
            <Button variant="primary" onClick={() => go(home)}>
              {t('done.open')}
            </Button>
          }
        >
          <p className="text-ink">{outcome.text}</p>
          {outcome.problems.map((problem, index) => (
            // Two problems may read the same; they never move.
            // oxlint-disable-next-line react/no-array-index-key
            <Problem key={index} problem={problem} />
          ))}
        </Case>
      </div>
    </div>
  )
}
