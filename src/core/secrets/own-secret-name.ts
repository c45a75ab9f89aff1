/**
 * Whether a secret is one that the program keeps for itself: the tokens and clients of accounts, and the keys of backups. They are
 * no person's to read or to change, and no definition may have them sent to its server. Pure.
 */
export function isOwnSecretName(name: string): boolean {
  return /^(?:oauth|backup)\./.test(name)
}
