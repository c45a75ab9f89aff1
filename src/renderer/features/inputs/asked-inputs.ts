import type { InputVariable } from '../../../shared/domain/server-definition.ts'
import type { ServerView } from '../../../shared/domain/server-view.ts'

/** What is asked of a person: an input, or what a definition refers to without declaring it. */
export type AskedInput = Omit<InputVariable, 'default'>

/** The inputs that a server waits for, in its definition's order; all of them where it waits for none. Pure. */
export function askedInputs({
  definition,
  state,
}: Pick<ServerView, 'definition' | 'state'>): readonly AskedInput[] {
  const { inputs } = definition
  const missing = state.phase === 'failed' ? state.error.data['inputs'] : undefined
  if (!Array.isArray(missing)) return inputs
  const undeclared = missing.filter((id) => inputs.every((input) => input.id !== id))
  return [
    ...inputs.filter(({ id }) => missing.includes(id)),
    ...undeclared.map((id) => ({
      id,
      type: 'promptString',
      description: null,
      password: true,
      options: [],
    })),
  ]
}

/** The other servers that get what is given here, by name: they share an input with this one. Pure. */
export function sharingServers(
  { definition }: Pick<ServerView, 'definition'>,
  servers: Iterable<Pick<ServerView, 'definition'>>,
  asked: readonly Pick<AskedInput, 'id'>[],
): readonly string[] {
  const given = new Set(
    definition.inputs
      .filter(({ id }) => asked.some((one) => one.id === id))
      .map((one) => one.secret),
  )
  return [...servers]
    .filter((one) => one.definition.id !== definition.id)
    .filter((one) => one.definition.inputs.some(({ secret }) => given.has(secret)))
    .map((one) => one.definition.name)
    .toSorted()
}
