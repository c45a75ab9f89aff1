import { target } from '../headless/target.ts'

export const violation = target
