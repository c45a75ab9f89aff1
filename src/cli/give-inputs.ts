import type { HostClient } from '../shared/contract/contract.ts'
import type { ServerInput } from '../shared/domain/server-definition.ts'
import { qualifiedName } from '../shared/domain/server-name.ts'
import type { ServerView } from '../shared/domain/server-view.ts'
import { askHidden, askLine, canAsk } from './ask.ts'
import type { CommandContext } from './command-context.ts'
import { withVault } from './vault-access.ts'

/**
 * Asks a person at a terminal for the inputs that servers lack before these start; the vault keeps them. An empty answer leaves
 * one out. Nothing is asked of a script: the server then says what it lacks.
 */
export async function giveInputsFor(
  context: CommandContext,
  client: HostClient,
  servers: readonly ServerView[],
): Promise<void> {
  if (!canAsk()) return
  for (const { definition } of servers) {
    // One after the other: what one is given, the next may share.
    const missing = await missingInputs(client, definition)
    if (missing.length === 0) continue
    context.terminal.note(
      `${qualifiedName(definition)} asks for what VS Code would ask for. The vault keeps it.`,
    )
    const inputValues: Record<string, string> = {}
    for (const input of missing) {
      const answer = await askFor(input)
      if (answer !== '') inputValues[input.id] = answer
    }
    await withVault(context, client, () =>
      client.servers.edit({ id: definition.id, patch: { inputValues } }),
    )
  }
}

/** The inputs without which a server does not start. */
async function missingInputs(
  client: HostClient,
  definition: ServerView['definition'],
): Promise<readonly ServerInput[]> {
  const { id, name, transport, inputs } = definition
  if (inputs.length === 0) return []
  const { problem } = await client.servers.preview({
    id,
    draft: { name, transport },
    inputValues: {},
  })
  const missing = problem?.code === 'input_missing' ? problem.data['inputs'] : null
  return Array.isArray(missing) ? inputs.filter((input) => missing.includes(input.id)) : []
}

async function askFor({ id, description, password, options }: ServerInput): Promise<string> {
  const choice = options.length === 0 ? '' : ` [${options.map(({ value }) => value).join(', ')}]`
  const question = `${description === null ? id : `${id} (${description})`}${choice}: `
  for (;;) {
    const answer = password ? await askHidden(question) : await askLine(question)
    const isOffered = options.length === 0 || options.some(({ value }) => value === answer)
    if (answer === '' || isOffered) return answer
  }
}
