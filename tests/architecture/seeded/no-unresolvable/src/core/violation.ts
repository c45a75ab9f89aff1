import { missing } from './missing.ts'

export const violation = missing
