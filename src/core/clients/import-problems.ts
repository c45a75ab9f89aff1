import type { VaultStatus } from '../../shared/contract/host.ts'
import type { ImportProblem } from '../../shared/domain/import.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'
import { isSwitchable } from './import-definition.ts'
import type { PlannedServer } from './plan-import.ts'

/** What a person should know about the fate of one server. */
export function plannedProblems(one: PlannedServer, start: boolean): ImportProblem[] {
  const problem = (message: string) => problemOf(one, message)
  const problems: ImportProblem[] = []
  const { server, withoutValue } = one.found
  if (one.change === 'new' && one.name !== server.name) {
    problems.push(
      problem(
        `Another server is already called ${server.name}. This one was named ${one.name}; rename it if you like.`,
      ),
    )
  }
  if (one.change === 'new' && withoutValue.length > 0) {
    problems.push(
      problem(
        `${one.name} gets ${withoutValue.length} values from its client's own keychain, which cannot be read. Give them with: mcp-manager edit ${one.name} --env NAME=-`,
      ),
    )
  }
  if (one.change === 'changed') {
    problems.push(
      problem(
        one.existing.editedHere
          ? `${one.name} changed in its file and was also edited here. Your own version was kept.`
          : start && one.existing.enabled && isSwitchable(server)
            ? `${one.name} changed in its file. The new version was taken over.`
            : `${one.name} changed in its file. The new version was taken over and switched off; look at it, then switch it on.`,
      ),
    )
  }
  if (
    start &&
    one.change === 'new' &&
    !isSwitchable(server) &&
    server.sources.every((source) => source.disabled)
  ) {
    problems.push(
      problem(
        `${one.name} is switched off in its client, so it was not switched on. Switch it on with: mcp-manager enable ${one.name}`,
      ),
    )
  }
  if (start && one.change === 'unchanged' && !one.existing.enabled) {
    problems.push(
      problem(
        `${one.name} is switched off here and stays so. Switch it on with: mcp-manager enable ${one.name}`,
      ),
    )
  }
  return problems
}

/** Which secrets were left out because no vault took them, and what to do. */
export function leftOutProblems(
  leftOut: readonly PlannedServer[],
  status: VaultStatus,
): ImportProblem[] {
  const why =
    status.state === 'locked'
      ? 'the vault is locked. Give its passphrase or key'
      : 'there is no place to keep them. Unlock the system keychain, or set MCP_MANAGER_VAULT_KEY to 16 characters or more, or run this in a terminal to give a passphrase'
  return leftOut.map((one) => ({
    ...problemOf(
      one,
      `${one.name}: its secrets were left out (${one.found.secrets.map((secret) => secret.name).join(', ')}), because ${why}; then import again.`,
    ),
    about: 'vault',
  }))
}

/** A server of an earlier import that its file no longer has. */
export function goneProblem(server: ServerDefinition): ImportProblem {
  return fileWarning(
    server.sources[0]?.file ?? null,
    `${server.name} is no longer in its file. It was kept here; remove it with: mcp-manager remove ${server.name}`,
  )
}

function problemOf(one: PlannedServer, message: string): ImportProblem {
  return fileWarning(one.found.server.sources[0]?.file ?? null, message)
}

function fileWarning(file: string | null, message: string): ImportProblem {
  return { file, line: null, column: null, message, severity: 'warning', excerpt: null }
}
