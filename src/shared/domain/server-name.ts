import { AppError } from './errors.ts'
import type { ServerDefinition } from './server-definition.ts'

/** Whether a text can be a server's name: 1 to 100 characters once trimmed, none of them a control character. */
export function isServerName(text: string): boolean {
  const trimmed = text.trim()
  return trimmed !== '' && trimmed.length <= 100 && !/\p{Cc}/u.test(trimmed)
}

type Named = Pick<ServerDefinition, 'id' | 'name' | 'scope' | 'project'>

/**
 * The name by which a person can always mean this server: `name` for user scope, `name@project` else, where project is the
 * folder's absolute path.
 */
export function qualifiedName(server: Pick<Named, 'name' | 'project'>): string {
  return server.project === null ? server.name : `${server.name}@${server.project}`
}

/**
 * Finds the server that a person means: by id, by its qualified name, by `name` where only one server has it, or by
 * `name@project`, where project is the last part of the folder's path. Throws `not_found`, or `ambiguous_name` with the candidates.
 */
export function findByName<T extends Named>(servers: readonly T[], text: string): T {
  // What is shown is accepted: the bare name is that of the user-scope server, where there is one.
  const steps: ((server: T) => boolean)[] = [
    (server) => server.id === text,
    (server) => qualifiedName(server) === text,
    (server) => server.name === text,
    (server) => server.project !== null && text === `${server.name}@${lastPart(server.project)}`,
  ]
  for (const matches of steps) {
    const [found, ...others] = servers.filter(matches)
    if (found === undefined) continue
    if (others.length === 0) return found
    throw new AppError('ambiguous_name', {
      name: text,
      candidates: [found, ...others].map(candidateName),
    })
  }
  throw new AppError('not_found', { name: text, known: servers.map(qualifiedName) })
}

/** Tells servers of one name apart where even the qualified name does not: local and project scope of one folder. */
function candidateName(server: Named): string {
  return `${qualifiedName(server)} (${server.scope}, ${server.id})`
}

function lastPart(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path
}
