import { AppError } from '../../../shared/domain/errors.ts'
import type { ReferenceLaunch, ReferenceOf } from './resolve-external.ts'

/** The value of a variable. Throws `reference_unresolved` where it is not set or empty: an empty secret is a slip, as a rule. */
export function resolveEnvironment(
  reference: ReferenceOf<'env'>,
  { env }: Pick<ReferenceLaunch, 'env'>,
): string {
  const { text, name } = reference
  const value = Object.hasOwn(env, name) ? env[name] : undefined
  if (value !== undefined && value !== '') return value
  const reason = value === undefined ? 'env_unset' : 'empty'
  throw new AppError('reference_unresolved', { reference: text, reason, variable: name })
}
