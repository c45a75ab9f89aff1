import * as React from 'react'
import type { DraftInput, LaunchPreview } from '../../../shared/contract/servers.ts'
import type { ErrorText } from '../../../shared/domain/describe-error.ts'
import { host } from '../../host/connection.ts'
import { thrownText } from '../../i18n/error-text.ts'

/** How long a person may pause while typing before the host is asked, in milliseconds. */
const pauseMs = 250

/** The newest answer of the host; the one before stays while the next is on its way. */
export interface PreviewState {
  /** False: there is nothing yet that could be asked. */
  readonly isAsked: boolean
  readonly preview: LaunchPreview | null
  readonly error: ErrorText | null
}

type Answer = Omit<PreviewState, 'isAsked'>

const nothing: Answer = { preview: null, error: null }

/** What a draft would run, asked anew whenever the draft changes; null: there is nothing to ask yet. */
export function usePreview(input: DraftInput | null): PreviewState {
  const [state, setState] = React.useState(nothing)
  // Equal drafts of two renders are one question.
  const question = input === null ? null : JSON.stringify(input)
  React.useEffect(() => {
    if (question === null) return
    const controller = new AbortController()
    const timer = setTimeout(() => {
      // It was made from a DraftInput just above.
      const asked = JSON.parse(question) as DraftInput
      void ask(asked, controller.signal).then((answer) => {
        if (!controller.signal.aborted) setState(answer)
      })
    }, pauseMs)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [question])
  return question === null ? { ...nothing, isAsked: false } : { ...state, isAsked: true }
}

async function ask(input: DraftInput, signal: AbortSignal): Promise<Answer> {
  try {
    return { preview: await host().servers.preview(input, { signal }), error: null }
  } catch (thrown) {
    return { preview: null, error: thrownText(thrown) }
  }
}
