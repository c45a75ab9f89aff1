import { AppError } from './errors.ts'
import type { ServerDefinition } from './server-definition.ts'

type Named = Pick<ServerDefinition, 'id' | 'name' | 'scope' | 'project'>

/**
 * The name by which a person can always mean this server: `name` for user scope, `name@project` else, where project is the
 * folder's absolute path.
 */
export function qualifiedName(server: Named): string {
  return server.project === null ? server.name : `${server.name}@${server.project}`
}

/**
 * Finds the server that a person means: by id, by `name` where only one server has it, or by `name@project`, where
 * project is the folder's path or its last part. Throws `not_found`, or `ambiguous_name` with the candidates.
 */
export function findByName<T extends Named>(servers: readonly T[], text: string): T {
  const exact = servers.filter((server) => server.id === text || qualifiedName(server) === text)
  // A user-scope server is qualified by its bare name, so a project's server of the same name makes that name ambiguous.
  const byName = servers.filter((server) => server.name === text)
  const byProject = servers.filter(
    (server) => server.project !== null && text === `${server.name}@${lastPart(server.project)}`,
  )
  const candidates =
    byName.length > 1 ? byName : exact.length > 0 ? exact : [...byName, ...byProject]
  const [found, ...others] = candidates
  if (found === undefined) {
    throw new AppError('not_found', { name: text, known: servers.map(qualifiedName) })
  }
  if (others.length > 0) {
    throw new AppError('ambiguous_name', { name: text, candidates: candidates.map(candidateName) })
  }
  return found
}

/** Tells servers of one name apart where even the qualified name does not: local and project scope of one folder. */
function candidateName(server: Named): string {
  return `${qualifiedName(server)} (${server.scope}, ${server.id})`
}

function lastPart(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path
}
