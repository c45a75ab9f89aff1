import {
  historyPoints,
  pointMs,
  type ResourcePoint,
  type ResourceSample,
} from '../../shared/domain/resources.ts'

/** The last ten minutes of samples, gathered into points of ten seconds. */
export class ResourceHistory {
  readonly #points: ResourcePoint[] = []
  /** How many samples the newest point has. */
  #samples = 0

  /** The points, oldest first, at most `historyPoints`. */
  get points(): readonly ResourcePoint[] {
    return this.#points
  }

  /** Takes a sample in. Answers with the point that it went into. */
  add({ at, cpuPercent, memoryBytes }: ResourceSample): ResourcePoint {
    const startAt = Math.floor(at / pointMs) * pointMs
    const last = this.#points.at(-1)
    // After a clock was set back the last point takes samples until the clock has caught up: points stay in order.
    if (last === undefined || startAt > last.at) {
      const point = { at: startAt, cpuPercent, memoryBytes }
      this.#samples = 1
      this.#points.push(point)
      if (this.#points.length > historyPoints) this.#points.shift()
      return point
    }
    this.#samples += 1
    const point = {
      at: last.at,
      cpuPercent: last.cpuPercent + (cpuPercent - last.cpuPercent) / this.#samples,
      memoryBytes: Math.max(last.memoryBytes, memoryBytes),
    }
    this.#points[this.#points.length - 1] = point
    return point
  }
}
