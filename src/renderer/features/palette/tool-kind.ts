import type { JsonObject } from '../../../shared/lib/json.ts'

/** What a tool claims of itself (MCP specification, "ToolAnnotations"); null: nothing. Pure. */
export function toolKind(
  annotations: JsonObject | undefined,
): 'readOnly' | 'destructive' | 'writes' | null {
  if (annotations === undefined) return null
  if (annotations['readOnlyHint'] === true) return 'readOnly'
  if (annotations['destructiveHint'] === true) return 'destructive'
  return annotations['readOnlyHint'] === false ? 'writes' : null
}
