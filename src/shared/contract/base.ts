import { oc } from '@orpc/contract'
import { errorInfoSchema } from '../domain/errors.ts'

/**
 * What every call of the contract starts from: failures cross the wire as `APP_ERROR` with a code and its data
 * (domain/errors.ts), never as a message to be parsed.
 */
export const base = oc.errors({ APP_ERROR: { status: 422, data: errorInfoSchema } })
