import type { HostClient } from '../../shared/contract/contract.ts'
import { readStream } from '../../shared/contract/read-stream.ts'
import { createResourcesFeed } from './resources.ts'

/**
 * Follows what servers take for as long as somebody can see the page: the host looks more often while it is followed. Ends when
 * the stream is ended by the host.
 */
export async function followResources(client: HostClient): Promise<void> {
  for (;;) {
    await untilVisibility('visible')
    const hidden = new AbortController()
    void untilVisibility('hidden').then(() => hidden.abort())
    try {
      const stream = client.resources.watch(undefined, { signal: hidden.signal })
      const apply = createResourcesFeed()
      for await (const { items } of readStream(stream, client.streams.ack)) apply(items)
    } catch (error) {
      if (!hidden.signal.aborted) throw error
    }
    if (!hidden.signal.aborted) return
  }
}

async function untilVisibility(wanted: DocumentVisibilityState): Promise<void> {
  if (document.visibilityState === wanted) return
  await new Promise<void>((resolve) => {
    const onChange = () => {
      if (document.visibilityState !== wanted) return
      document.removeEventListener('visibilitychange', onChange)
      resolve()
    }
    document.addEventListener('visibilitychange', onChange)
  })
}
