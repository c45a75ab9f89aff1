import * as z from 'zod'
import { machineSnapshotSchema, reapResultSchema, reapTargetSchema } from '../domain/machine.ts'
import { base } from './base.ts'
import { streamOf } from './streams.ts'

/** The MCP servers that run on this machine, whoever started them. */
export const processesContract = {
  /** One look. */
  list: base.output(machineSnapshotSchema),
  /** A look now and every 3 s for as long as somebody reads. */
  watch: base.output(streamOf(machineSnapshotSchema)),
  /**
   * Ends the named servers with all their processes: SIGTERM, 3 s, SIGKILL. Each is looked at again first, and left alone
   * unless it is still what was `seen`. Of several at once those are refused whose only evidence is a name. Answers when
   * the last one is gone or was given up, in the order of the targets.
   */
  reap: base
    .input(z.object({ targets: z.array(reapTargetSchema).min(1).max(10_000) }))
    .output(z.array(reapResultSchema)),
}
