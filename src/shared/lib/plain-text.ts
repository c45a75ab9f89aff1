/** Escape sequences (ECMA-48): CSI sequences, then OSC and other strings up to their end, then escapes of two and three characters. */
export const ansiEscapes =
  // oxlint-disable-next-line no-control-regex
  /\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]|\x9b[0-?]*[ -/]*[@-~]/g

/** Backspace, bell, carriage return and their like draw nothing; a tab stays. */
export const controlCharacters =
  // oxlint-disable-next-line no-control-regex
  /[\x00-\x08\x0a-\x1f\x7f-\x9f]/g

// oxlint-disable-next-line no-control-regex
const special = /[\x00-\x08\x0a-\x1f\x7f-\x9f]/

/** Whether there is anything in the text that `plainText` removes. Pure. */
export function hasControlCharacters(text: string): boolean {
  return special.test(text)
}

/** The text that a person sees: without escape sequences and control characters. Pure. */
export function plainText(text: string): string {
  return special.test(text) ? text.replace(ansiEscapes, '').replace(controlCharacters, '') : text
}
