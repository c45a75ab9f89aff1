/** What is known of the machine when a host is gone. */
export interface HostRemains {
  readonly parentOf: ReadonlyMap<number, number>
  /** Processes that come from a server of some MCP Manager (`hasDescentTag`). */
  readonly tagged: ReadonlySet<number>
  /** What the host itself came from: whom it leaves behind becomes a child of one of these. */
  readonly line: ReadonlySet<number>
  /** MCP Managers that live. */
  readonly owners: ReadonlySet<number>
}

/**
 * Whether a process that nothing but the descent tag tells of is one that this host left behind: the nearest process above it
 * without the tag is of the host's own line. What a living MCP Manager runs comes from that one. Pure.
 */
export function isLeftByHost(pid: number, remains: HostRemains): boolean {
  const { parentOf, tagged, line, owners } = remains
  if (!tagged.has(pid)) return false
  const climbed = new Set<number>()
  let at = pid
  while (tagged.has(at) && !climbed.has(at)) {
    climbed.add(at)
    at = parentOf.get(at) ?? at
  }
  return line.has(at) && !owners.has(at)
}

/**
 * The processes above a host, from its parent up. It ends at one with the tag: a host that runs within a server of another MCP
 * Manager leaves to that one what it leaves behind. Pure.
 */
export function hostLineOf(
  hostPid: number,
  parentOf: (pid: number) => number | undefined,
  hasTag: (pid: number) => boolean,
): ReadonlySet<number> {
  const line = new Set<number>()
  let at = parentOf(hostPid)
  while (at !== undefined && at > 0 && !line.has(at) && !hasTag(at)) {
    line.add(at)
    at = parentOf(at)
  }
  return line
}
