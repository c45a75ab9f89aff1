/** How a word is quoted: as POSIX shells read it, or as Windows programs do. */
export type QuoteStyle = 'posix' | 'windows'

/** The style of the computer this page runs on. */
export function quoteStyle(): QuoteStyle {
  return /Windows/.test(navigator.userAgent) ? 'windows' : 'posix'
}

const plain = /^[\p{L}\p{N}_@%+=:,./~{}-]+$/u
const plainOnWindows = /^[\p{L}\p{N}_@+=:,./\\~{}$-]+$/u
/** What one would not see or would misread: controls, marks that turn the direction of text, joiners, odd spaces, half characters. */
const unseen = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu

/**
 * A word as one would type it in a shell: as it stands when nothing in it is special, else in quotes. What cannot be seen is
 * written as an escape (`\n`, `\u202e`), so that the text shows exactly what runs; on Windows such a text is for reading only.
 */
export function shellQuote(word: string, style: QuoteStyle): string {
  if (style === 'windows') {
    if (plainOnWindows.test(word)) return word
    // A backslash is special to Windows programs only before a double quote.
    const escaped = word.replace(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, '$&$&')
    return `"${escaped.replace(unseen, escapeOf)}"`
  }
  // A tilde, an assignment or (for zsh) an equals sign at the start means something to the shell.
  if (
    plain.test(word) &&
    !word.startsWith('~') &&
    !/^\w*=/.test(word) &&
    !/\{.*[,.].*\}/.test(word)
  )
    return word
  if (word.search(unseen) >= 0) {
    return `$'${word.replace(/['\\]/g, '\\$&').replace(unseen, escapeOf)}'`
  }
  return `'${word.replaceAll("'", "'\\''")}'`
}

/** A command and its arguments as one line. */
export function commandText(command: string, args: readonly string[], style: QuoteStyle): string {
  return [command, ...args].map((word) => shellQuote(word, style)).join(' ')
}

const shortEscapes: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escapeOf(character: string): string {
  const short = shortEscapes[character]
  if (short !== undefined) return short
  const code = character.codePointAt(0) ?? 0
  const hex = code.toString(16)
  // Above ASCII, a shell takes `\\x` for a byte and not for a character.
  if (code <= 0x7f) return `\\x${hex.padStart(2, '0')}`
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}
