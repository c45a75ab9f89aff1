import { findKnownCredentials } from './known-credential.ts'
import { isOpaque } from './opaque-value.ts'

/** Stands for a character of a variable reference in a masked text. */
export const referenceMark = '\uE000'
/** Stands for the frame around a reference's default: of `${TOKEN:-abc}` only `abc` is left to read. */
export const defaultMark = '\uE001'

/**
 * A variable reference in any client's dialect: `${VAR}`, `${VAR:-default}`, `${env:X}`, `${input:x}`, `{env:X}`, `{file:x}`,
 * `${{ secrets.X }}`, `$env:X`, and `$VAR` where it stands alone (`pa$$WORD` is no reference).
 */
const reference =
  /\$\{\{[^{}]*\}\}|\$\{[^{}]*\}|\{(?:env|file|input|vault):[^{}]*\}|\$env:[A-Za-z_]\w*|(?<=^|[\s"'=:])\$[A-Z_][A-Z0-9_]*(?=$|[\s"'/@])/g

const withDefault = /^(\$\{(?:env:)?[A-Za-z_]\w*:?-)([^}]+)\}$/

/**
 * The text with its variable references blanked out, each character by a mark, so that positions stay the same. What is
 * left is literal. A default inside a reference is literal too, and is left.
 */
export function maskReferences(text: string): string {
  // The marks are private-use characters; one that stands in the text itself must not hide what follows it.
  return text.replace(/[\uE000\uE001]/g, '\uE002').replace(reference, (found) => {
    // `${ghp_...}` is a slip of the pen, and not a variable of that name.
    const known = findKnownCredentials(found).map(({ start, end }) => found.slice(start, end))
    if (known.some((credential) => isOpaque(credential))) return found
    const parts = withDefault.exec(found)
    const head = parts?.[1]
    const fallback = parts?.[2]
    if (head === undefined || fallback === undefined) return referenceMark.repeat(found.length)
    return `${defaultMark.repeat(head.length)}${fallback}${defaultMark}`
  })
}
