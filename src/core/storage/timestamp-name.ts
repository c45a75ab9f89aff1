/** A point in time (milliseconds since the Unix epoch) as part of a file name: `20261120-133015-042`, in UTC, sortable. */
export function timestampName(atMs: number): string {
  const iso = new Date(atMs).toISOString()
  return iso
    .replace('T', '-')
    .replace('.', '-')
    .replace(/[:Z]/g, '')
    .replace(/^(\d+)-(\d+)-(\d+)/, '$1$2$3')
}
