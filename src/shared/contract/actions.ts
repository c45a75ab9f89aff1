import * as z from 'zod'
import { automaticActionSchema } from '../domain/automatic-action.ts'
import { base } from './base.ts'
import { streamOf } from './streams.ts'

/** An event of `actions.watch`. The first batch is the remembered actions, the oldest first, and then `ready`; later ones are live. */
export const actionEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('action'), action: automaticActionSchema }),
  /** All before it were forgotten. */
  z.object({ type: z.literal('cleared') }),
  z.object({ type: z.literal('ready') }),
])
export type ActionEvent = z.infer<typeof actionEventSchema>

/** What the program did by itself, and what it held back: the newest 500, also those of earlier runs. */
export const actionsContract = {
  watch: base.output(streamOf(actionEventSchema)),
  /** Forgets all of them. */
  clear: base.output(z.void()),
}
