/** A name and its value. */
export interface Pair {
  readonly name: string
  readonly value: string
}

/**
 * Variables from pasted `NAME=value` lines, as they stand in a `.env` file or a shell script: `export` and quotes are taken
 * away, blank lines and comments left out. Null where a line is something else. Pure.
 */
export function parseEnvLines(text: string): Pair[] | null {
  return parseLines(text, (line) => {
    const [, name, value = ''] =
      /^(?:export\s+|set\s+|\$env:)?([A-Za-z_][\w.-]*)\s?=\s?(.*)$/.exec(line) ?? []
    return name === undefined ? null : { name, value: withoutQuotes(value) }
  })
}

/** Headers from pasted `Name: value` lines. Null where a line is something else. Pure. */
export function parseHeaderLines(text: string): Pair[] | null {
  return parseLines(text, (line) => {
    const [, name, value = ''] = /^([\w!#$%&'*+.^`|~-]+):\s+(.*)$/.exec(withoutQuotes(line)) ?? []
    return name === undefined ? null : { name, value: withoutQuotes(value) }
  })
}

function parseLines(text: string, parse: (line: string) => Pair | null): Pair[] | null {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  const pairs = lines.map(parse)
  const whole = pairs.filter((pair) => pair !== null)
  return whole.length === 0 || whole.length < pairs.length ? null : whole
}

function withoutQuotes(text: string): string {
  const trimmed = text.trim()
  const quote = trimmed.charAt(0)
  return trimmed.length > 1 && (quote === '"' || quote === "'") && trimmed.endsWith(quote)
    ? trimmed.slice(1, -1)
    : trimmed
}
