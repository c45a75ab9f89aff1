/**
 * Splits a text into words at white space. Single and double quotes keep a word together and are taken away; inside double
 * quotes a backslash escapes a double quote. Every other backslash is kept, since it is far more often part of a Windows path
 * than an escape. Nothing is expanded: `$X`, `*`, `|` and `;` are plain characters.
 * @returns null when a quote is never closed.
 */
export function splitWords(text: string): string[] | null {
  const words: string[] = []
  let word: string | null = null
  let quote: '"' | "'" | null = null
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index)
    if (quote !== null) {
      if (character === quote) {
        quote = null
      } else if (quote === '"' && character === '\\' && text.charAt(index + 1) === '"') {
        word = `${word ?? ''}"`
        index += 1
      } else {
        word = (word ?? '') + character
      }
    } else if (character === '"' || character === "'") {
      quote = character
      word ??= ''
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word)
      word = null
    } else {
      word = (word ?? '') + character
    }
  }
  if (quote !== null) return null
  if (word !== null) words.push(word)
  return words
}
