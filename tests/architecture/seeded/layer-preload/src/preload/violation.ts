import { target } from '../core/target.ts'

export const violation = target
