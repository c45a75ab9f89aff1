import type { ErrorInfo } from '../../shared/domain/errors.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'
import { type PreviewServices, previewLaunch } from './preview-launch.ts'

/** How long one server may be looked at, in milliseconds; a file system that does not answer must not hold up an import. */
const limitMs = 10_000

/**
 * What would keep a server from running as it stands, unset variables too; null where nothing is known, or nothing within
 * ten seconds. Starts nothing.
 */
export async function findLaunchWarning(
  server: ServerDefinition,
  services: Omit<PreviewServices, 'inputValues'>,
): Promise<ErrorInfo | null> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), limitMs)
  })
  try {
    return await Promise.race([warningOf(server, services), tooLate])
  } finally {
    clearTimeout(timer)
  }
}

async function warningOf(
  server: ServerDefinition,
  services: Omit<PreviewServices, 'inputValues'>,
): Promise<ErrorInfo | null> {
  const { problem, variables } = await previewLaunch(server, { ...services, inputValues: {} })
  if (problem !== null) return problem
  const names = variables.filter(({ status }) => status === 'unset').map((one) => one.expression)
  return names.length === 0 ? null : { code: 'variable_unset', data: { names } }
}
