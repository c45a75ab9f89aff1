import { createContext, Script } from 'node:vm'
import type { LogText } from '../../shared/contract/logs.ts'
import { AppError } from '../../shared/domain/errors.ts'
import { isRecord } from '../../shared/lib/json.ts'

/** Bound of one search of stored lines in milliseconds of matching. */
export const maxSearchMs = 2_000

/** Bound of one batch of a followed log in milliseconds: the thread that matches also writes. */
export const maxLiveMs = 250

/** Tells for each text whether it is wanted. */
export type LineFilter = (texts: readonly string[]) => boolean[]

/**
 * Makes a filter of what a person typed.
 * @param budgetMs how long all calls of the filter together may work where the text is a regular expression; while other programs
 *   have the processor does not count.
 * @throws AppError `invalid_input` for a regular expression that cannot be read, and, from the filter, for one that
 * takes longer than its budget: some need longer than the universe lasts, and they may not hang the log.
 */
export function createLineFilter(text: LogText, budgetMs: number): LineFilter {
  const { pattern, regex, matchCase } = text
  const flags = matchCase ? '' : 'i'
  if (!regex) {
    if (matchCase) return (texts) => texts.map((line) => line.includes(pattern))
    // A plain text is searched in linear time.
    const plain = new RegExp(pattern.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'), flags)
    return (texts) => texts.map((line) => plain.test(line))
  }
  assertReadable(pattern, flags)
  // Only a script of its own can be stopped inside one match. The expression is made once: V8 makes a used one faster.
  const input: { source: string; flags: string; texts: readonly string[] } = {
    source: pattern,
    flags,
    texts: [],
  }
  const context = createContext(input)
  new Script(
    'let at; let hits; const begin = () => { at = 0; hits = [] }; const search = ((r) => (list) => { for (let i = at; i < list.length; at = i += 1) if (r.test(list[i])) hits.push(i); return hits.join() })(new RegExp(source, flags))',
  ).runInContext(context)
  const begin = new Script('begin()')
  const script = new Script('search(texts)')
  let leftMs = budgetMs
  /** Where it was when its time ran out, it goes on the next time. Null: there is more to do. */
  const run = (): string | null => {
    if (leftMs < 1) throw new AppError('invalid_input', tooSlow)
    const before = process.threadCpuUsage()
    try {
      return String(script.runInContext(context, { timeout: Math.floor(leftMs) }))
    } catch (error) {
      // Made in the script's own realm, so it is no instance of this one's Error.
      if (isRecord(error) && error['code'] === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return null
      throw error
    } finally {
      const { user, system } = process.threadCpuUsage(before)
      leftMs -= (user + system) / 1_000
    }
  }
  return (texts) => {
    input.texts = texts
    try {
      begin.runInContext(context)
      let hits = run()
      while (hits === null) hits = run()
      const wanted = texts.map(() => false)
      if (hits !== '') for (const index of hits.split(',')) wanted[Number(index)] = true
      return wanted
    } finally {
      input.texts = []
    }
  }
}

const tooSlow = { field: 'pattern', reason: 'This regular expression takes too long.' }

function assertReadable(source: string, flags: string): void {
  try {
    void new RegExp(source, flags)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError('invalid_input', { field: 'pattern', reason }, { cause: error })
  }
}
