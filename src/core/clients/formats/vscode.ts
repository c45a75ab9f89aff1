import type { FoundServer } from '../../../shared/domain/import.ts'
import type { InputVariable } from '../../../shared/domain/server-definition.ts'
import { findReferences } from '../../config/variables/parse-references.ts'
import type { FileReading } from '../read-entry.ts'
import {
  member,
  memberAt,
  type SyntaxNode,
  stringOf,
  stringsWithin,
} from '../syntax/syntax-tree.ts'
import { readMcpSections } from './read-mcp-sections.ts'

/**
 * Reads VS Code's `mcp.json` (or the older `mcp` block of its settings). Each server keeps those `inputs` that it uses as
 * `${input:id}`; one that it uses and the file does not declare is a problem, and so is one that only VS Code can answer.
 */
export function readVscode(reading: FileReading, root: SyntaxNode): FoundServer[] {
  const declared = uniqueById([
    ...readInputs(member(root, 'inputs')),
    ...readInputs(memberAt(root, ['mcp', 'inputs'])),
  ])
  return readMcpSections(reading, root, (node, key, at) => {
    const ids = inputIds(node)
    for (const id of ids) {
      const input = declared.find((one) => one.id === id)
      if (input === undefined) {
        reading.report(
          at,
          `Server "${key}": It uses the input "${id}", which the file does not declare. The reference was kept; give it a value, or add it to "inputs".`,
        )
      } else if (input.type === 'command') {
        reading.report(
          at,
          `Server "${key}": The input "${id}" is answered by a command of VS Code, which cannot run here. Give it the value that the command would.`,
        )
      }
    }
    return { node, inputs: declared.filter((input) => ids.has(input.id)) }
  })
}

function readInputs(node: SyntaxNode | undefined): InputVariable[] {
  if (node?.kind !== 'array') return []
  return node.items.flatMap((item) => {
    const id = stringOf(member(item, 'id'))
    if (id === undefined) return []
    const password = member(item, 'password')
    return {
      id,
      type: stringOf(member(item, 'type')) ?? 'promptString',
      description: stringOf(member(item, 'description')) ?? null,
      default: stringOf(member(item, 'default')) ?? null,
      password: password?.kind === 'scalar' && password.value === true,
      options: readOptions(member(item, 'options')),
    }
  })
}

/** Each is a text, or an object with a `value` and perhaps a `label`. */
function readOptions(node: SyntaxNode | undefined): InputVariable['options'] {
  if (node?.kind !== 'array') return []
  return node.items.flatMap((item) => {
    const value = stringOf(item) ?? stringOf(member(item, 'value'))
    return value === undefined ? [] : { value, label: stringOf(member(item, 'label')) ?? value }
  })
}

/** The first of each id counts. */
function uniqueById(inputs: readonly InputVariable[]): InputVariable[] {
  return inputs.filter((input, index) => inputs.findIndex(({ id }) => id === input.id) === index)
}

function inputIds(node: SyntaxNode): Set<string> {
  const references = stringsWithin(node).flatMap((text) => findReferences('vscode', text))
  return new Set(
    references.flatMap((reference) => (reference.kind === 'input' ? reference.id : [])),
  )
}
