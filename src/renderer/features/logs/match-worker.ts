import { matchRequestSchema } from './match-protocol.ts'
import { matchTexts } from './match-texts.ts'

// Runs a person's regular expressions apart from the page, which ends this worker when one takes too long.
self.addEventListener('message', (event) => {
  self.postMessage(matchTexts(matchRequestSchema.parse(event.data)))
})
