import { target } from '../shared/target.ts'

export const violation = target
