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
 * `${input:id}`; one that it uses and the file does not declare is a problem.
 */
export function readVscode(reading: FileReading, root: SyntaxNode): FoundServer[] {
  const declared = [
    ...readInputs(member(root, 'inputs')),
    ...readInputs(memberAt(root, ['mcp', 'inputs'])),
  ]
  return readMcpSections(reading, root, (node, key, at) => {
    const ids = inputIds(node)
    for (const id of ids) {
      if (declared.some((input) => input.id === id)) continue
      reading.report(
        at,
        `Server "${key}": It uses the input "${id}", which the file does not declare. The reference was kept; give it a value, or add it to "inputs".`,
      )
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
    }
  })
}

function inputIds(node: SyntaxNode): Set<string> {
  const references = stringsWithin(node).flatMap((text) => findReferences('vscode', text))
  return new Set(
    references.flatMap((reference) => (reference.kind === 'input' ? reference.id : [])),
  )
}
