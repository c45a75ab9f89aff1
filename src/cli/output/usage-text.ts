import type { HostClient } from '../../shared/contract/contract.ts'
import type { ServerId } from '../../shared/domain/ids.ts'
import type { ResourceSample } from '../../shared/domain/resources.ts'

/** The newest sample of each server that runs. */
export async function readUsage(
  client: HostClient,
): Promise<ReadonlyMap<ServerId, ResourceSample>> {
  const latest = await client.resources.latest()
  return new Map(latest.map(({ serverId, sample }) => [serverId, sample]))
}

/** Processor time in percent of one core: `0.4 %`. */
export function cpuText({ cpuPercent }: ResourceSample): string {
  return `${cpuPercent.toFixed(1)} %`
}

/** Memory in whole megabytes, from 1 GB with one digit: `88 MB`, `1.3 GB`. */
export function memoryText({ memoryBytes }: ResourceSample): string {
  const megabytes = Math.round(memoryBytes / 1e6)
  return megabytes < 1000 ? `${megabytes} MB` : `${(memoryBytes / 1e9).toFixed(1)} GB`
}
