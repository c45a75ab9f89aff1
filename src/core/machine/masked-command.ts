import { findCredentials } from '../secrets/find-credentials.ts'
import { maskText } from '../secrets/mask-text.ts'
import { secretMask } from '../servers/preview-variables.ts'

/** How much of one argument and of a whole command line is shown, in characters. A process may have megabytes of them. */
const limits = { arg: 2_000, line: 8_000, args: 256 } as const
/** Read beyond what is shown, so that no secret is cut where it could not be told any more. */
const margin = 400

/** A command line that may leave the core. */
export interface MaskedCommand {
  readonly command: string
  readonly args: string[]
}

/**
 * A command line with each credential in it replaced by a mask, and cut where it is very long (`…`). Rather one too many than
 * one missed: anybody on this machine may have typed anything into it.
 */
export function maskedCommand(args: readonly string[]): MaskedCommand {
  const read = args.slice(0, limits.args).map((arg) => arg.slice(0, limits.arg + margin))
  const [command = '', ...rest] = read
  const sites = findCredentials({
    type: 'stdio',
    command,
    args: rest,
    env: {},
    cwd: null,
    envFile: null,
  })
  const shown = read.map((text, index) => {
    const own = sites.filter(({ place }) =>
      index === 0 ? place.kind === 'command' : place.kind === 'arg' && place.index === index - 1,
    )
    return cut(maskWords(replaceRanges(text, own)), limits.arg)
  })
  let left: number = limits.line
  const kept: string[] = []
  for (const text of shown) {
    if (left <= 0) break
    kept.push(cut(text, left))
    left -= text.length + 1
  }
  if (kept.length < args.length) kept.push('…')
  const [first = '', ...others] = kept
  return { command: first, args: others }
}

function replaceRanges(
  text: string,
  ranges: readonly { readonly start: number; readonly end: number }[],
): string {
  let result = ''
  let from = 0
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    if (end <= from) continue
    result += text.slice(from, Math.max(start, from)) + secretMask
    from = end
  }
  return result + text.slice(from)
}

/** An argument of several words is a command line or a text of its own: it is judged as a part of a file is. */
function maskWords(text: string): string {
  return /\s/.test(text.trim()) ? maskText(text).replace(/\u2022{4,}/g, secretMask) : text
}

function cut(text: string, max: number): string {
  return text.length > max ? `${text.slice(0, max)}…` : text
}
