/** The name of a program by its path, on any system: the last part in lower case, without an ending that Windows runs. Pure. */
export function programName(path: string): string {
  const last = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
  return last.toLowerCase().replace(/\.(?:exe|cmd|bat|com|ps1)$/, '')
}
