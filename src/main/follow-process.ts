import { app } from 'electron'
import type { Logger } from 'pino'
import type { QuitSequence } from './quit-sequence.ts'

/** Whom the system's words to the program reach. */
export interface ProcessFollower {
  readonly quit: QuitSequence
  /** The person quits, by the menu or the system's own way. */
  readonly onQuit: () => void
  /** The system hands over a link; macOS only, elsewhere it is an argument of a start. */
  readonly onLink: (link: string) => void
  /** The system hands over a file to open; macOS only. */
  readonly onFile: (file: string) => void
  readonly logger: Logger
}

/** Follows links and files that the system hands over, signals, faults, and the end. */
export function followProcess({ quit, onQuit, onLink, onFile, logger }: ProcessFollower): void {
  app.on('open-url', (event, url) => {
    event.preventDefault()
    onLink(url)
  })
  app.on('open-file', (event, file) => {
    event.preventDefault()
    onFile(file)
  })
  app.on('before-quit', (event) => {
    // An installer of updates ends the program this way, once everything has stopped.
    if (quit.hasStopped) return
    event.preventDefault()
    onQuit()
  })
  // The program ends by its own sequence only, not because its last window was closed.
  app.on('window-all-closed', () => {})
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => quit.begin())
  }
  // A fault in one place must not take every server with it unordered.
  const onFault = (error: unknown) => {
    logger.fatal({ err: error }, 'unexpected failure; stopping')
    process.exitCode = 1
    if (!quit.hasBegun) quit.begin()
  }
  process.on('unhandledRejection', onFault)
  process.on('uncaughtException', onFault)
}
