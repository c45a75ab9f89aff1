import * as z from 'zod'
import { type JsonValue, jsonObjectSchema } from '../lib/json.ts'
import { serverIdSchema } from './ids.ts'

// The items keep the shape in which the server sent them (MCP specification, "Tools", "Prompts", "Resources"): unknown
// members pass through, so that a newer revision loses nothing here.

/** A tool as the server describes it. */
export const toolSchema = z.looseObject({
  name: z.string(),
  title: z.string().optional(),
  description: z.string().optional(),
  inputSchema: jsonObjectSchema,
  outputSchema: jsonObjectSchema.optional(),
  annotations: jsonObjectSchema.optional(),
})
export type Tool = z.infer<typeof toolSchema>

/** A prompt as the server describes it. */
export const promptSchema = z.looseObject({
  name: z.string(),
  title: z.string().optional(),
  description: z.string().optional(),
  arguments: z.array(jsonObjectSchema).optional(),
})
export type Prompt = z.infer<typeof promptSchema>

/** A resource as the server describes it. */
export const resourceSchema = z.looseObject({
  uri: z.string(),
  name: z.string(),
  title: z.string().optional(),
  description: z.string().optional(),
  mimeType: z.string().optional(),
})
export type Resource = z.infer<typeof resourceSchema>

/** A resource template as the server describes it (RFC 6570). */
export const resourceTemplateSchema = z.looseObject({
  uriTemplate: z.string(),
  name: z.string(),
  title: z.string().optional(),
  description: z.string().optional(),
  mimeType: z.string().optional(),
})
export type ResourceTemplate = z.infer<typeof resourceTemplateSchema>

/** What one running server offers. */
export const inventorySchema = z.object({
  serverId: serverIdSchema,
  serverName: z.string(),
  tools: z.array(toolSchema),
  prompts: z.array(promptSchema),
  resources: z.array(resourceSchema),
  resourceTemplates: z.array(resourceTemplateSchema),
  instructions: z.string().nullable(),
  /** Milliseconds since the Unix epoch. */
  at: z.number(),
})
export type Inventory = z.infer<typeof inventorySchema>

/** One part of a tool's result, in the shape of the specification ("Tool Result"): text, image, audio, resource_link or resource. */
export const contentBlockSchema = z.looseObject({ type: z.string() })
export type ContentBlock = z.infer<typeof contentBlockSchema>

/** A tool's result. `isError` true is a result that reports a failure, not an error of the call. */
export const toolResultSchema = z.looseObject({
  content: z.array(contentBlockSchema),
  structuredContent: z.custom<JsonValue>().optional(),
  isError: z.boolean().optional(),
})
export type ToolResult = z.infer<typeof toolResultSchema>

/** A prompt filled in, in the shape of the specification ("GetPromptResult"). */
export const promptResultSchema = z.looseObject({
  description: z.string().optional(),
  messages: z.array(z.looseObject({ role: z.string(), content: contentBlockSchema })),
})
export type PromptResult = z.infer<typeof promptResultSchema>

/** What a resource holds, in the shape of the specification ("ReadResourceResult"): text, or base64 in `blob`. */
export const resourceResultSchema = z.looseObject({
  contents: z.array(
    z.looseObject({
      uri: z.string(),
      mimeType: z.string().optional(),
      text: z.string().optional(),
      blob: z.string().optional(),
    }),
  ),
})
export type ResourceResult = z.infer<typeof resourceResultSchema>
