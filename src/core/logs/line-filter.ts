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
 * @param budgetMs how long all calls of the filter together may take where the text is a regular expression.
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
    'const search = ((r) => (list) => { const hits = []; for (let i = 0; i < list.length; i += 1) if (r.test(list[i])) hits.push(i); return hits.join() })(new RegExp(source, flags))',
  ).runInContext(context)
  const script = new Script('search(texts)')
  let leftMs = budgetMs
  return (texts) => {
    input.texts = texts
    const startedAt = performance.now()
    try {
      if (leftMs < 1) throw new AppError('invalid_input', tooSlow)
      const timeout = Math.floor(leftMs)
      const hits = String(script.runInContext(context, { timeout }))
      const wanted = texts.map(() => false)
      if (hits !== '') for (const index of hits.split(',')) wanted[Number(index)] = true
      return wanted
    } catch (error) {
      // Made in the script's own realm, so it is no instance of this one's Error.
      if (isRecord(error) && error['code'] === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
        throw new AppError('invalid_input', tooSlow, { cause: error })
      }
      throw error
    } finally {
      leftMs -= performance.now() - startedAt
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
