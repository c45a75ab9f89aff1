import type { Resolver } from '../../../shared/domain/literals.ts'
import type { ClientFormat, Dialect } from '../../../shared/domain/server-definition.ts'
import { entryTraits } from '../entry-traits.ts'

/** What a client's file can hold in place of a credential. */
export interface ReferenceForm {
  readonly resolver: Exclude<Resolver, 'vault'>
  /** The reference to a variable, or to an input. */
  readonly write: (key: string) => string
}

const variable = (write: (key: string) => string): ReferenceForm => ({
  resolver: 'variable',
  write,
})
const inBraces = variable((key) => `\${${key}}`)
const withEnv = variable((key) => `\${env:${key}}`)

/** By dialect; `native` is ours and stands in no client's file. Null: every text is meant literally. */
const forms: Readonly<Record<Exclude<Dialect, 'native'>, ReferenceForm | null>> = {
  literal: null,
  'claude-code': inBraces,
  cursor: withEnv,
  windsurf: withEnv,
  gemini: inBraces,
  librechat: inBraces,
  opencode: variable((key) => `{env:${key}}`),
  continue: variable((key) => `\${{ secrets.${key} }}`),
  vscode: { resolver: 'prompt', write: (key) => `\${input:${key}}` },
}

/** The form of reference that a client fills in; null where it takes every text literally. */
export function referenceFormOf(client: ClientFormat): ReferenceForm | null {
  const { dialect } = entryTraits[client]
  return dialect === 'native' ? null : forms[dialect]
}
