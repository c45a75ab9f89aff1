import { target } from '../host/target.ts'

export const violation = target
