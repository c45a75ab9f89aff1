import type { JsonValue } from '../../../shared/lib/json.ts'
import type { RunResult } from './offer-runs.ts'
import { tableOf } from './result-table.ts'
import { jsonEquals } from './schema-form/json-path.ts'
import { parseJson } from './schema-form/parse-json.ts'

/** A way to look at a result. `content`: its parts as they are meant; `raw`: all of the answer as JSON. */
export type ResultView = 'table' | 'json' | 'content' | 'raw'

/** Texts beyond this many characters are not read as JSON just to see whether they are. */
const maxParsedChars = 2_000_000

/** The data of a result: its structured content, or the JSON that its only text is; undefined where it has none. Pure. */
export function resultData(result: RunResult): JsonValue | undefined {
  if (result.kind !== 'tool') return undefined
  const { structuredContent, content, isError } = result.result
  if (structuredContent !== undefined) return structuredContent
  const [only] = content
  return content.length === 1 && isError !== true ? jsonOfText(only?.['text']) : undefined
}

/** The views that make sense of a result, the best one first. Pure. */
export function resultViews(result: RunResult): readonly ResultView[] {
  const data = resultData(result)
  const views: ResultView[] = []
  if (tableOf(data) !== null) views.push('table')
  if (data !== undefined) views.push('json')
  if (!repeatsData(result, data)) views.push('content')
  return [...views, 'raw']
}

/** Whether the content is only the structured content once more, as servers send it for older clients. */
function repeatsData(result: RunResult, data: JsonValue | undefined): boolean {
  if (data === undefined || result.kind !== 'tool') return false
  const { content, structuredContent } = result.result
  if (content.length === 0) return true
  if (content.length > 1 || structuredContent === undefined) return false
  return jsonEquals(jsonOfText(content[0]?.['text']), data)
}

/** An object or array that a text is the JSON of; undefined for any other text. Pure. */
export function jsonOfText(text: unknown): JsonValue | undefined {
  if (typeof text !== 'string' || text.length > maxParsedChars || !/^\s*[[{]/.test(text)) {
    return undefined
  }
  const read = parseJson(text)
  return 'value' in read ? read.value : undefined
}
