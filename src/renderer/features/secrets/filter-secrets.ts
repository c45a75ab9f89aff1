import type { SecretView } from '../../../shared/contract/secrets.ts'

/** The secrets whose name, input or users hold the text, whatever its case; those that are missing come first. Pure. */
export function filterSecrets(
  secrets: readonly SecretView[],
  query: string,
): readonly SecretView[] {
  const wanted = query.trim().toLowerCase()
  const matches = secrets.filter((secret) =>
    [
      secret.name,
      secret.inputId ?? '',
      ...secret.users.map((user) => user.name),
      ...secret.files,
    ].some((text) => text.toLowerCase().includes(wanted)),
  )
  return matches.toSorted((a, b) => Number(isMissing(b)) - Number(isMissing(a)))
}

function isMissing({ status }: SecretView): boolean {
  return status === 'missing'
}

/** The names of the servers that refer to a secret and were not removed. Pure. */
export function liveUsers({ users }: SecretView): readonly string[] {
  return users.filter(({ isRemoved }) => !isRemoved).map(({ name }) => name)
}
