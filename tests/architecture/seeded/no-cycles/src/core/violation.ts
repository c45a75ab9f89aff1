import { target } from './target.ts'

export const violation = () => target
