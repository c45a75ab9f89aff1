import { createContext, Script } from 'node:vm'
import { AppError } from '../../shared/domain/errors.ts'
import { isRecord } from '../../shared/lib/json.ts'

/** Bound of one search in milliseconds. */
const maxSearchMs = 5000

/** Tells for each text whether it is wanted. */
export type LineFilter = (texts: readonly string[]) => boolean[]

/**
 * Makes a filter of what a person typed, blind to upper and lower case.
 * @throws AppError `invalid_input` for a regular expression that cannot be read, and, from the filter, for one that
 * takes more than five seconds: some need longer than the universe lasts, and they may not hang the log.
 */
export function createLineFilter(pattern: string, isRegex: boolean): LineFilter {
  const source = isRegex ? pattern : pattern.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
  const expression = compile(source)
  // A plain text is searched in linear time.
  if (!isRegex) return (texts) => texts.map((text) => expression.test(text))
  // Only a script of its own can be stopped inside one match.
  const input: { source: string; texts: readonly string[] } = { source, texts: [] }
  const context = createContext(input)
  const script = new Script(
    '{ const r = new RegExp(source, "i"); JSON.stringify(texts.map((t) => r.test(t))) }',
  )
  let leftMs = maxSearchMs
  return (texts) => {
    input.texts = texts
    const startedAt = performance.now()
    try {
      if (leftMs <= 0) throw new AppError('invalid_input', tooSlow)
      const answer: unknown = JSON.parse(String(script.runInContext(context, { timeout: leftMs })))
      return Array.isArray(answer) ? answer.map((item) => item === true) : []
    } catch (error) {
      // Made in the script's own realm, so it is no instance of this one's Error.
      if (isRecord(error) && error['code'] === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
        throw new AppError('invalid_input', tooSlow, { cause: error })
      }
      throw error
    } finally {
      leftMs = Math.floor(leftMs - (performance.now() - startedAt))
    }
  }
}

const tooSlow = { field: 'grep', reason: 'This regular expression takes too long.' }

function compile(source: string): RegExp {
  try {
    return new RegExp(source, 'i')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError('invalid_input', { field: 'grep', reason }, { cause: error })
  }
}
