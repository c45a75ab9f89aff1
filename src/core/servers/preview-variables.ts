import type { LaunchPreview } from '../../shared/contract/servers.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'
import { assertNever } from '../../shared/lib/assert-never.ts'
import { findReferences, type Reference } from '../config/variables/parse-references.ts'
import { isSecretInput, isSecretVariable } from '../secrets/secret-variable.ts'
import type { Filler } from './fill-references.ts'
import type { Environment } from './login-shell-env.ts'

/** Stands for a secret in all that is shown of a launch. */
export const secretMask = '\u2022\u2022\u2022'

type Variable = LaunchPreview['variables'][number]

/** Every reference in the texts of a definition, once, in order, with what it stands for. */
export function describeVariables(
  definition: ServerDefinition,
  texts: readonly string[],
  from: {
    readonly env: Environment
    readonly inputValues: Readonly<Record<string, string>>
    /** Fills in a text with secrets masked. */
    readonly fill: Filler
  },
): Variable[] {
  const described = new Map<string, Variable>()
  for (const text of texts) {
    for (const reference of findReferences(definition.dialect, text)) {
      if (described.has(reference.text)) continue
      described.set(reference.text, {
        expression: reference.text,
        ...meaningOf(reference, definition, from),
      })
    }
  }
  return [...described.values()]
}

function meaningOf(
  reference: Reference,
  definition: ServerDefinition,
  { env, inputValues, fill }: Parameters<typeof describeVariables>[2],
): Pick<Variable, 'status' | 'value'> {
  switch (reference.kind) {
    case 'env': {
      if (Object.hasOwn(env, reference.name)) {
        // Of what looks like a credential the filler has a mask.
        return { status: 'set', value: fill(reference.text) }
      }
      if (reference.fallback === null) return { status: 'unset', value: null }
      const value = fill(reference.text)
      return {
        status: 'default',
        value: isSecretVariable(reference.name, value) ? secretMask : value,
      }
    }
    case 'secret':
      return { status: 'secret', value: null }
    case 'external':
      return { status: reference.source.kind, value: null }
    case 'input': {
      const input = definition.inputs.find(({ id }) => id === reference.id)
      const value = inputValues[reference.id] ?? input?.default ?? null
      const isShown = input !== undefined && value !== null && !isSecretInput(input, value)
      return { status: 'input', value: isShown ? value : null }
    }
    case 'workspace-folder':
    case 'workspace-folder-basename':
      return definition.project === null
        ? { status: 'unset', value: null }
        : { status: 'set', value: fill(reference.text) }
    case 'user-home':
    case 'path-separator':
      return { status: 'set', value: fill(reference.text) }
    case 'file': {
      // What a file holds is not shown: such files hold keys as a rule.
      const isFilled = fill(reference.text) !== reference.text
      return { status: isFilled ? 'set' : 'unset', value: null }
    }
    default:
      return assertNever(reference)
  }
}
