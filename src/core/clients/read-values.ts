import { splitWords } from '../../shared/lib/split-words.ts'
import type { EntryFields } from './entry-fields.ts'
import {
  effectiveEntries,
  type Position,
  type SyntaxArray,
  type SyntaxScalar,
} from './syntax/syntax-tree.ts'

/** Tells a person about something in an entry; `at` null stands for the entry as a whole. */
export type Report = (at: Position | null, message: string) => void

/** Numbers and booleans mean their text, as they stand in the file; null means nothing. */
function scalarText(node: SyntaxScalar): string | null {
  if (node.value === null) return null
  return typeof node.value === 'string' ? node.value : node.raw
}

/**
 * Reads a map of texts, such as environment variables or headers, from the first of `keys` that is there. Numbers and
 * booleans become text. Null and nested values are left out with a problem; anything but a map is left where it is, with one.
 * @param noun what the map holds, for messages: "Environment variable", "Header".
 */
export function readStringMap(
  fields: EntryFields,
  keys: readonly string[],
  noun: string,
  report: Report,
): Record<string, string> {
  const key = keys.find((candidate) => fields.peek(candidate) !== undefined)
  const node = key === undefined ? undefined : fields.peek(key)
  if (key === undefined || node === undefined) return {}
  if (node.kind !== 'object') {
    const isEmptyList = node.kind === 'array' && node.items.length === 0
    if (!isEmptyList) {
      report(
        fields.positionOf(key),
        `"${key}" is not a map of names to texts. It was not used; write it as { "NAME": "text" }.`,
      )
    }
    return {}
  }
  fields.use(key)
  const pairs: [string, string][] = []
  for (const { key: name, at, value } of effectiveEntries(node)) {
    const text = value.kind === 'scalar' ? scalarText(value) : null
    if (text === null) {
      const what = value.kind === 'scalar' ? 'is null' : 'is not a text'
      report(at, `${noun} "${name}" ${what}. It was left out; give it a text or remove it.`)
    } else {
      pairs.push([name, text])
    }
  }
  // Object.fromEntries defines its keys, so a `__proto__` is a name like any other.
  return Object.fromEntries(pairs)
}

function readList(list: SyntaxArray, key: string, report: Report): string[] {
  const texts: string[] = []
  for (const item of list.items) {
    const text = item.kind === 'scalar' ? scalarText(item) : null
    if (text === null) {
      report(item.at, `An item of "${key}" is not a text. It was left out; remove it or quote it.`)
    } else {
      texts.push(text)
    }
  }
  return texts
}

/**
 * Reads `args`. A single text instead of a list is split into words as a shell would, without expanding anything, and
 * reported; with a quote that is never closed it stays one argument.
 */
export function readArgs(fields: EntryFields, report: Report): string[] {
  const node = fields.peek('args')
  if (node === undefined) return []
  const at = fields.positionOf('args')
  fields.use('args')
  if (node.kind === 'array') return readList(node, 'args', report)
  const text = node.kind === 'scalar' ? scalarText(node) : null
  if (text === null) {
    report(at, '"args" is not a list. It was left out; write it as a list of texts.')
    return []
  }
  const words = splitWords(text)
  if (words === null) {
    report(
      at,
      '"args" is one text with an open quote. It was kept as one argument; make it a list.',
    )
    return [text]
  }
  report(at, `"args" is one text. It was split into ${words.length} at its spaces; make it a list.`)
  return words
}

/** A program, the arguments that stand with it in one list, and the field that names them. */
export interface FoundCommand {
  readonly key: string
  readonly command: string
  readonly leadingArgs: readonly string[]
}

/**
 * Finds the program in the first of `keys` that is there. Of a list the first item is the program and the rest are its
 * first arguments. An empty or blank text is no program.
 * The field is not used yet: an address may go before it.
 */
export function findCommand(
  fields: EntryFields,
  keys: readonly string[],
  report: Report,
): FoundCommand | null {
  const key = keys.find((candidate) => fields.peek(candidate) !== undefined)
  const node = key === undefined ? undefined : fields.peek(key)
  if (key === undefined || node === undefined) return null
  if (node.kind === 'object') {
    report(fields.positionOf(key), `"${key}" is a map, not a program. It was not used.`)
    return null
  }
  const words = node.kind === 'array' ? readList(node, key, report) : [scalarText(node) ?? '']
  const [command = '', ...leadingArgs] = words
  return command.trim() === '' ? null : { key, command, leadingArgs }
}
