import { randomUUID } from 'node:crypto'

// A variable reference without a default, which an extraction leaves alone. Nobody can write one of these into a file: they
// begin with what this process alone knows.
const nonce = randomUUID()
const meant = new RegExp(`\\$\\{\\{${nonce} secret ([a-z0-9][a-z0-9._-]*)\\}\\}`, 'g')

/** Stands for `secret://name` in a text of which every `secret://` is taken for a literal: this one is meant as a reference. */
export function meantReference(name: string): string {
  return `\${{${nonce} secret ${name}}}`
}

/** The text with each meant reference written as it is stored, or with its value in its place. */
export function withMeantReferences(
  text: string,
  valueOf: (name: string) => string = (name) => `secret://${name}`,
): string {
  return text.replace(meant, (_whole, name: string) => valueOf(name))
}
