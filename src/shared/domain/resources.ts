import * as z from 'zod'

/** What some processes took together: their processor time since the look before, and the memory that they hold. */
export const resourceSampleSchema = z.object({
  /** Milliseconds since the Unix epoch. */
  at: z.number(),
  /** In percent of one core: 200 is two cores. */
  cpuPercent: z.number().nonnegative(),
  /** The sum of their resident sets: pages that several of them share count once for each. */
  memoryBytes: z.number().nonnegative(),
  processes: z.number().int().nonnegative(),
})
export type ResourceSample = z.infer<typeof resourceSampleSchema>

/** One point of a history: the samples of `pointMs`, the mean of their processor time and the most memory among them. */
export const resourcePointSchema = resourceSampleSchema.pick({
  at: true,
  cpuPercent: true,
  memoryBytes: true,
})
export type ResourcePoint = z.infer<typeof resourcePointSchema>

/** The time that one point of a history stands for, in milliseconds. `at` is its beginning, a multiple of it. */
export const pointMs = 10_000
/** How many points a history has at most: ten minutes. */
export const historyPoints = 60
