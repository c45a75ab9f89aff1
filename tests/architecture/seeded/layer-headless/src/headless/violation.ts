import { target } from '../main/target.ts'

export const violation = target
