import { AppError } from '../../shared/domain/errors.ts'
import type { Inventory, Tool } from '../../shared/domain/inventory.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'

/** Whether a person lets clients see this tool. Absent from the list and refused on call are the same decision. */
export function isAllowed(definition: ServerDefinition, tool: string): boolean {
  const { allow, deny } = definition.tools
  return (allow === null || allow.includes(tool)) && !deny.includes(tool)
}

/** A tool of a server by its name. Throws `tool_not_found`. */
export function findTool(definition: ServerDefinition, { tools }: Inventory, name: string): Tool {
  const tool = tools.find((candidate) => candidate.name === name)
  if (tool === undefined) throw toolNotFound(definition, tools, name)
  return tool
}

/** Says that there is no such tool, and which there are. */
export function toolNotFound(
  { name: server }: ServerDefinition,
  tools: readonly Tool[],
  tool: string,
): AppError {
  return new AppError('tool_not_found', { tool, server, known: tools.map(({ name }) => name) })
}
