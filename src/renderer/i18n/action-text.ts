import i18next from 'i18next'
import type { AutomaticAction } from '../../shared/domain/automatic-action.ts'
import { type ActionText, describeAction } from '../../shared/domain/describe-action.ts'
import { sayError } from './error-text.ts'

/** What the program did by itself as a person at the window reads it, in the language of the page. */
export function actionText(action: AutomaticAction): ActionText {
  return describeAction(
    action,
    (key, values) => i18next.t(key, { ns: 'actions', ...values }),
    sayError,
  )
}
