import { target } from '../cli/target.ts'

export const violation = target
