import { settingsSchema } from '../domain/settings.ts'
import { base } from './base.ts'
import { streamOf } from './streams.ts'

/** A change of settings: only the groups that are given change, each as a whole. */
export const settingsPatchSchema = settingsSchema.partial()

/** The settings of the whole program. */
export const settingsContract = {
  /** The settings now, then each time they change. */
  watch: base.output(streamOf(settingsSchema)),
  /** Answers with the settings after the change. */
  change: base.input(settingsPatchSchema).output(settingsSchema),
}
