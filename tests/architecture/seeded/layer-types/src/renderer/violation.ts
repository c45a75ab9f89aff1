import type { Target } from '../core/target.ts'

export type Violation = Target
