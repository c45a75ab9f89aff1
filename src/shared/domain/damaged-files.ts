/** The files whose syntax is broken. Pure. */
export function damagedFiles(
  files: readonly { readonly file: string; readonly isDamaged: boolean }[],
): ReadonlySet<string> {
  return new Set(files.filter(({ isDamaged }) => isDamaged).map(({ file }) => file))
}

/** Whether a server stands in damaged files alone, so that it may lack something. Pure. */
export function isFromDamaged(
  { sources }: { readonly sources: readonly { readonly file: string }[] },
  damaged: ReadonlySet<string>,
): boolean {
  return sources.length > 0 && sources.every(({ file }) => damaged.has(file))
}
