import { stripVTControlCharacters } from 'node:util'

/**
 * Where a command writes: results on stdout, words about the work on stderr. Texts come from files and servers too, so no
 * control sequence in them reaches the terminal (see `printable`).
 */
export interface Terminal {
  /** True where one JSON value on stdout is the whole answer. */
  readonly json: boolean
  /** Writes the answer, or one item of a list that has no end, under `--json`: one line. Nothing else. */
  readonly value: (value: unknown) => void
  /** Writes a line of the answer for a person. Nothing under `--json`. */
  readonly line: (text?: string) => void
  /** Writes a result that a program may read: byte for byte, but for a terminal, which gets it made safe. */
  readonly raw: (text: string) => void
  /** Writes a line about the work, to stderr. Never part of the answer. */
  readonly note: (text: string) => void
  /** Writes progress over the last one, to stderr, where somebody looks at it. */
  readonly progress: (text: string) => void
}

/** How a person calls this program: `mcp-manager` where it is installed; the bootstrap of a checkout says otherwise. */
const command = process.env['MCP_MANAGER_COMMAND'] ?? 'mcp-manager'

/** A text of ours with the hints in it in the form that works here, and safe to print. */
function ready(text: string): string {
  return printable(text).replaceAll(/\bmcp-manager (?=[a-z]+\b)/g, `${command} `)
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
      if (!json) process.stdout.write(`${ready(text)}\n`)
    },
    raw: (text) => {
      clear()
      if (!json) process.stdout.write(`${process.stdout.isTTY ? printable(text) : text}\n`)
    },
    note: (text) => {
      clear()
      process.stderr.write(`${ready(text)}\n`)
    },
    progress: (text) => {
      if (!isWatched) return
      clear()
      process.stderr.write(
        printable(text)
          .replaceAll('\n', ' ')
          .slice(0, Math.max(20, (process.stderr.columns ?? 80) - 1)),
      )
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
