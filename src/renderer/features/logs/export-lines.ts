import type { HostClient } from '../../../shared/contract/contract.ts'
import type { LogFilter, LogPosition } from '../../../shared/contract/logs.ts'
import type { LogLine } from '../../../shared/domain/log-line.ts'

/** How many lines are asked for at a time. */
const pageLines = 5_000

/**
 * All stored lines that match, written one per line, oldest first. Goes through the store in pages from the newest back, so
 * nothing that comes meanwhile shifts them. Stops with the reason of the signal.
 */
export async function exportLines(
  client: HostClient,
  filter: LogFilter,
  write: (line: LogLine) => string,
  options: { readonly signal: AbortSignal; readonly onProgress: (lines: number) => void },
): Promise<Blob> {
  const pages: string[] = []
  let before: LogPosition | null = null
  let lines = 0
  for (;;) {
    options.signal.throwIfAborted()
    const page: LogLine[] = await client.logs.query(
      { ...filter, before, limit: pageLines },
      { signal: options.signal },
    )
    if (page.length > 0) pages.push(`${page.map(write).join('\n')}\n`)
    lines += page.length
    options.onProgress(lines)
    const oldest = page[0]
    if (oldest === undefined || page.length < pageLines) break
    before = { serverId: oldest.serverId, seq: oldest.seq }
  }
  return new Blob(pages.toReversed(), { type: 'text/plain;charset=utf-8' })
}
