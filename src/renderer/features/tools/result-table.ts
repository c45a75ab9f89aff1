import type { JsonValue } from '../../../shared/lib/json.ts'
import { isJsonArray, isJsonObject } from './schema-form/json-path.ts'

/** A list of objects as a table. */
export interface ResultTable {
  /** The member that holds the list; null: the value is the list. */
  readonly name: string | null
  readonly columns: readonly { readonly name: string; readonly isNumeric: boolean }[]
  /** A cell for each column; empty where an object has no such member. */
  readonly rows: readonly (readonly string[])[]
}

const maxColumns = 24
const maxCellChars = 300

/** The table of a value: a list of objects, or an object with one member that is such a list. Null for anything else. Pure. */
export function tableOf(value: JsonValue | undefined): ResultTable | null {
  if (isJsonArray(value)) return tableOfList(null, value)
  if (!isJsonObject(value)) return null
  const lists = Object.entries(value).filter(([, member]) => isListOfObjects(member))
  const [only] = lists
  if (only === undefined || lists.length > 1) return null
  const [name, list] = only
  return isJsonArray(list) ? tableOfList(name, list) : null
}

function isListOfObjects(value: JsonValue): boolean {
  return isJsonArray(value) && value.length > 0 && value.every((one) => isJsonObject(one))
}

function tableOfList(name: string | null, list: readonly JsonValue[]): ResultTable | null {
  if (!isListOfObjects(list)) return null
  const objects = list.filter((one) => isJsonObject(one))
  const names = [...new Set(objects.flatMap((one) => Object.keys(one)))]
  if (names.length === 0 || names.length > maxColumns) return null
  return {
    name,
    columns: names.map((column) => ({
      name: column,
      isNumeric: objects.every((one) => {
        const cell = one[column]
        return cell === undefined || cell === null || typeof cell === 'number'
      }),
    })),
    rows: objects.map((one) => names.map((column) => cellText(one[column]))),
  }
}

function cellText(value: JsonValue | undefined): string {
  if (value === undefined) return ''
  const scalars = isJsonArray(value) && value.every((one) => typeof one !== 'object')
  const text =
    typeof value === 'string'
      ? value
      : scalars
        ? value.map(String).join(', ')
        : JSON.stringify(value)
  return text.length > maxCellChars ? `${text.slice(0, maxCellChars)}…` : text
}
