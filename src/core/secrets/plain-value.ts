import { isOpaque } from './opaque-value.ts'

const switchWord =
  /^(?:true|false|yes|no|on|off|none|null|nil|undefined|enabled?|disabled?|auto|default|optional|required)$/i
const pathStart = /^(?:~|\.{1,2}|[A-Za-z]:)?[\\/]/
const keyFile =
  /^[\w. -]+(?:[\\/][\w. -]+)*\.(?:json|pem|key|crt|cer|p12|pfx|jks|txt|ya?ml|env|toml|ini|db|sqlite)$/i
const words = /^[A-Za-z]+(?:[-_ ./][A-Za-z]+)*$/

/** True for the path of a file or a folder. A base64 text that happens to begin with a slash is none. */
export function isPath(text: string): boolean {
  if (keyFile.test(text)) return true
  return pathStart.test(text) && !text.split(/[\\/]/).some((part) => isOpaque(part))
}

/** True for what is no credential even under the name of one: nothing, one character, a switch, or a path. */
export function isPlainUnderStrongName(text: string): boolean {
  return text.length < 2 || switchWord.test(text) || isPath(text)
}

/** True for what is no credential under a name that only might be one's: the above, short texts, words and numbers. */
export function isPlainUnderWeakName(text: string): boolean {
  return (
    isPlainUnderStrongName(text) ||
    text.length < 6 ||
    /^[\d.,:]+$/.test(text) ||
    (words.test(text) && text.length <= 40)
  )
}
