import { violation } from './violation.ts'

export const target = () => violation
