import type { JsonValue } from '../../../../shared/lib/json.ts'

/** A text as JSON (RFC 8259), or why it is none, in the words of the parser. Pure. */
export function parseJson(
  text: string,
): { readonly value: JsonValue } | { readonly fault: string } {
  try {
    // What JSON.parse makes is JSON.
    return { value: JSON.parse(text) as JsonValue }
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) }
  }
}
