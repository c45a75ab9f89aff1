import { clientOf } from './known-clients.ts'
import { knownPackageOf } from './known-packages.ts'
import type { ProcessDetails } from './process-details.ts'
import { type Program, programsOf } from './programs-of.ts'

/** What a command line says by itself. */
export interface ProcessTraits {
  /** The known client that it is; null: none. */
  readonly client: string | null
  readonly programs: readonly Program[]
  /** The name by which it is likely to be a server. */
  readonly packageName: string | null
}

/** Details of a process that runs on stay the same object from look to look. */
const known = new WeakMap<ProcessDetails, ProcessTraits>()

/** What a command line says by itself; worked out once for the same details. Pure. */
export function traitsOf(details: ProcessDetails): ProcessTraits {
  const before = known.get(details)
  if (before !== undefined) return before
  const programs = programsOf(details)
  const traits = { client: clientOf(details), programs, packageName: knownPackageOf(programs) }
  known.set(details, traits)
  return traits
}
