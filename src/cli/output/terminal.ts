import { stripVTControlCharacters } from 'node:util'

/** Where a command writes: results on stdout, words about the work on stderr. */
export interface Terminal {
  /** True where one JSON value on stdout is the whole answer. */
  readonly json: boolean
  /** Writes the answer, or one item of a list that has no end, under `--json`: one line. Nothing else. */
  readonly value: (value: unknown) => void
  /** Writes a line of the answer for a person. Nothing under `--json`. */
  readonly line: (text?: string) => void
  /** Writes a line about the work, to stderr. Never part of the answer. */
  readonly note: (text: string) => void
  /** Writes progress over the last one, to stderr, where somebody looks at it. */
  readonly progress: (text: string) => void
}

/** The terminal of this process. */
export function createTerminal(json: boolean): Terminal {
  const isWatched = process.stderr.isTTY && !json
  let hasProgress = false
  const clear = () => {
    if (hasProgress) process.stderr.write('\r\x1b[K')
    hasProgress = false
  }
  return {
    json,
    value: (value) => {
      if (json) process.stdout.write(`${JSON.stringify(value)}\n`)
    },
    line: (text = '') => {
      clear()
      if (!json) process.stdout.write(`${text}\n`)
    },
    note: (text) => {
      clear()
      process.stderr.write(`${text}\n`)
    },
    progress: (text) => {
      if (!isWatched) return
      clear()
      process.stderr.write(text.slice(0, Math.max(20, (process.stderr.columns ?? 80) - 1)))
      hasProgress = true
    },
  }
}

/** A text from a server or a file, made safe to print: no control sequence of it reaches the terminal. */
export function printable(text: string): string {
  return (
    stripVTControlCharacters(text)
      // What is left of C0 and C1, and the marks that turn the direction of text and so hide what is really there.
      .replace(/[\p{Cc}]|[\u202A-\u202E\u2066-\u2069]/gu, (char) =>
        char === '\t' || char === '\n' ? char : '\uFFFD',
      )
  )
}
