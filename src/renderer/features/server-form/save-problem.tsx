import type * as React from 'react'
import type { ErrorText } from '../../../shared/domain/describe-error.ts'
import { Case } from '../../ui/case.tsx'

/** Why the server could not be saved, above the form. */
export function SaveProblem({ problem }: { readonly problem: ErrorText }): React.JSX.Element {
  return (
    <div role="alert">
      <Case tone="bad" glyph="failed" level={2} title={problem.title}>
        {problem.hint !== '' && <p className="wrap-anywhere">{problem.hint}</p>}
        <p>{problem.action}</p>
      </Case>
    </div>
  )
}
