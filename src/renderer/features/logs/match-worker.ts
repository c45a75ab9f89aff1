import type { MatchRequest } from './match-protocol.ts'
import { matchTexts } from './match-texts.ts'

// Runs a person's regular expressions apart from the page, which ends this worker when one takes too long.
self.addEventListener('message', (event: MessageEvent<MatchRequest>) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
  self.postMessage(matchTexts(event.data))
})
// Says that it is there: loading it does not count as matching.
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- as above
self.postMessage(null)
