import { maxTimeoutMs } from '../../../shared/domain/server-definition.ts'
import { maxCpuPercent, maxGraceMs, maxIdleStopMs } from '../../../shared/domain/supervision.ts'
import type { english } from '../../i18n/english.ts'
import type { FieldIssue } from './field-issue.ts'
import type { FormValues } from './form-values.ts'

/** A number of the form that may be left out. */
export interface Amount {
  readonly unit: keyof (typeof english)['serverForm']['unit']
  readonly min: number
  readonly max: number
  /** What is said of a number beyond these. */
  readonly issue: FieldIssue
}

const timeout: Amount = { unit: 'seconds', min: 0.001, max: maxTimeoutMs / 1_000, issue: 'timeout' }
const grace: Amount = { unit: 'seconds', min: 0, max: maxGraceMs / 1_000, issue: 'grace' }

/** The numbers of the form, and what they can be. */
export const amounts = {
  startSeconds: timeout,
  callSeconds: timeout,
  idleMinutes: { unit: 'minutes', min: 1 / 60, max: maxIdleStopMs / 60_000, issue: 'idle' },
  stdinSeconds: grace,
  termSeconds: grace,
  memoryMegabytes: {
    unit: 'megabytes',
    min: 0.001,
    max: Number.MAX_SAFE_INTEGER / 1e6,
    issue: 'above0',
  },
  cpuPercent: { unit: 'percent', min: 0.001, max: maxCpuPercent, issue: 'percent' },
} as const satisfies Partial<Record<keyof FormValues, Amount>>
export type AmountName = keyof typeof amounts

/** What is wrong with a number as it is typed; undefined for nothing. Pure. */
export function amountIssue(name: AmountName, value: number | null): FieldIssue | undefined {
  const { min, max, issue } = amounts[name]
  return value === null || (value >= min && value <= max) ? undefined : issue
}
