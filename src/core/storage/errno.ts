/** The errno name of a failed system call, such as `ENOENT`; null for any other kind of error. */
export function errnoOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return null
  return typeof error.code === 'string' ? error.code : null
}
