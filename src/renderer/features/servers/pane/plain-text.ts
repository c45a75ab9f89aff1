// ECMA-48: an escape with its parameters and final letter, an operating system command up to its end, or a lone escape.
// oxlint-disable-next-line no-control-regex
const escapes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_])?/g

/** A line without the terminal's colours and commands. Pure. */
export function plainText(line: string): string {
  return line.replace(escapes, '')
}
