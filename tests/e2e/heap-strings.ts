import type { Page } from '@playwright/test'

/**
 * Every text that the page's JavaScript holds now, after what nobody refers to any more was collected. A long text is whole
 * only where the browser runs with `--js-flags=--heap-snapshot-string-limit`. Chromium only.
 */
export async function heapStrings(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page)
  const chunks: string[] = []
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
  try {
    await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  } finally {
    await session.detach()
  }
  // V8's format of snapshots has them in one list.
  return (JSON.parse(chunks.join('')) as { strings: string[] }).strings
}
