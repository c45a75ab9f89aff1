import type { TFunction } from 'i18next'
import { assertNever } from '../../../../shared/lib/assert-never.ts'
import type { LocalProblem } from './local-problems.ts'

/** A problem as a person reads it at its field. */
export function problemText(problem: LocalProblem, t: TFunction<'tools'>): string {
  switch (problem.kind) {
    case 'draft':
      return t(`form.fault.${problem.fault}`)
    case 'required':
      return t('form.isRequired')
    case 'least':
      return t('form.least', { bound: problem.bound })
    case 'most':
      return t('form.most', { bound: problem.bound })
    default:
      return assertNever(problem)
  }
}
