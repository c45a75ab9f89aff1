import { parse } from 'jsonc-parser'

export const violation = parse
