/** One challenge of a `WWW-Authenticate`. Its scheme and the names of its parameters are in lower case. */
export interface AuthChallenge {
  readonly scheme: string
  readonly params: ReadonlyMap<string, string>
}

const separator = /[\s,]*/y
const scheme = /([!#$%&'*+.^_`|~\w-]+)(?=[\s,]|$)/y
/** A whole credential in place of parameters, such as Negotiate has it. */
const token68 = /[ \t]+[\w.~+/-]+=*[ \t]*(?=,|$)/y
/** Without quotes, more than the grammar lets through: some servers write addresses so. */
const param = /([!#$%&'*+.^_`|~\w-]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/y

/**
 * The challenges of a `WWW-Authenticate` (RFC 9110 section 11.6.1), in order: a comma parts both challenges and their
 * parameters, and what stands between quotes is text. What follows a fault is left out. Pure.
 */
export function parseChallenges(header: string): readonly AuthChallenge[] {
  const challenges: { scheme: string; params: Map<string, string> }[] = []
  let at = 0
  const next = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const match = pattern.exec(header)
    if (match !== null) at = pattern.lastIndex
    return match
  }
  for (;;) {
    next(separator)
    if (at === header.length) return challenges
    const current = challenges.at(-1)
    const pair = next(param)
    if (pair !== null && current !== undefined) {
      const [, name = '', quoted, plain = ''] = pair
      const key = name.toLowerCase()
      // The first one stands: a second one would be a fault of the server, or smuggled in.
      if (!current.params.has(key)) {
        current.params.set(key, quoted?.replace(/\\(.)/g, '$1') ?? plain)
      }
      continue
    }
    const found = pair === null ? next(scheme) : null
    if (found === null) return challenges
    challenges.push({ scheme: (found[1] ?? '').toLowerCase(), params: new Map() })
    next(token68)
  }
}
