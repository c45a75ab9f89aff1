import { historyPoints, pointMs, type ResourcePoint } from '../../../shared/domain/resources.ts'
import { useResources } from '../../host/resources.ts'
import type { ChartPoint } from '../../ui/line-path.ts'

/** The least that the upper edge of a drawing of processor time stands for, in percent of one core. */
export const leastCpu = 5
/** Two points further apart than this have a time between them in which nothing ran, in milliseconds. */
export const gapMs = 2.5 * pointMs

/** The ten minutes that are drawn, of all servers the same ones: up to the newest point of all. */
export function useHistorySpan(): { readonly fromAt: number; readonly toAt: number } {
  // This program is always measured.
  const toAt = useResources(({ own }) => own.points.at(-1)?.at ?? 0)
  return { fromAt: toAt - (historyPoints - 1) * pointMs, toAt }
}

/** The processor time of a point. Pure. */
export function cpuOf({ at, cpuPercent }: ResourcePoint): ChartPoint {
  return { at, value: cpuPercent }
}

/** The memory of a point. Pure. */
export function memoryOf({ at, memoryBytes }: ResourcePoint): ChartPoint {
  return { at, value: memoryBytes }
}
