import type { ServerId } from '../../../shared/domain/ids.ts'
import type { Inventory, Tool } from '../../../shared/domain/inventory.ts'
import type { OfferKind } from '../../app/route.ts'
import type { Schema } from './schema-form/field.ts'
import { isJsonObject } from './schema-form/json-path.ts'
import { templateVariables } from './uri-template.ts'

/** What a tool does to its world, as its server claims; `unstated`: the server does not say. */
export type ToolEffect = 'read-only' | 'writes' | 'destructive' | 'unstated'

/** Names an offer: a server and a kind have each name once. */
export interface OfferRef {
  readonly serverId: ServerId
  readonly kind: OfferKind
  /** The name of a tool or prompt, the URI of a resource, or the template. */
  readonly name: string
}

/** Something that a server offers. */
export interface Offer extends OfferRef {
  readonly serverName: string
  /** What a person calls it where the server says so. */
  readonly title: string | null
  readonly description: string | null
  /** For tools. */
  readonly effect: ToolEffect | null
  readonly idempotent: boolean
  readonly openWorld: boolean
  /** What filling it in asks for. */
  readonly schema: Schema
  /** For tools that promise structured content. */
  readonly outputSchema: Schema | null
  readonly mimeType: string | null
  /** An estimate of what it costs a model to be offered it. */
  readonly tokens: number
  /** What a search looks in, in lower case. */
  readonly haystack: string
}

/** All that one server offers. */
export interface OfferGroup {
  readonly serverId: ServerId
  readonly serverName: string
  readonly offers: readonly Offer[]
}

/** Names an offer in one text. Pure. */
export function offerKey({ serverId, kind, name }: OfferRef): string {
  return `${serverId} ${kind} ${name}`
}

/** Tokens are estimated as a quarter of the characters of the definition: models differ, and none is asked. Pure. */
export function estimateTokens(definition: unknown): number {
  return Math.ceil(JSON.stringify(definition).length / 4)
}

/** What every server offers, in the order of the servers' names. Pure. */
export function offerGroups(inventories: Iterable<Inventory>): readonly OfferGroup[] {
  return [...inventories]
    .map((inventory) => ({
      serverId: inventory.serverId,
      serverName: inventory.serverName,
      offers: offersOf(inventory),
    }))
    .toSorted((a, b) => a.serverName.localeCompare(b.serverName, 'en'))
}

/** What one server offers: tools, prompts, resources, templates, in its own order. Pure. */
export function offersOf(inventory: Inventory): readonly Offer[] {
  const { tools, prompts, resources, resourceTemplates } = inventory
  return [
    ...tools.map((tool) => toolOffer(inventory, tool)),
    ...prompts.map((prompt) => {
      const schema = promptSchema(prompt.arguments ?? [])
      return offer(inventory, 'prompt', prompt.name, prompt, { schema })
    }),
    ...resources.map((resource) =>
      offer(inventory, 'resource', resource.uri, resource, {
        title: resource.title ?? resource.name,
        mimeType: resource.mimeType ?? null,
      }),
    ),
    ...resourceTemplates.map((template) =>
      offer(inventory, 'template', template.uriTemplate, template, {
        title: template.title ?? template.name,
        mimeType: template.mimeType ?? null,
        schema: templateSchema(template.uriTemplate),
      }),
    ),
  ]
}

/** What a tool does, by its annotations (MCP specification, "ToolAnnotations"): one that is not read-only is destructive unless it says otherwise. Pure. */
export function effectOf({ annotations }: Pick<Tool, 'annotations'>): ToolEffect {
  const readOnly = annotations?.['readOnlyHint']
  const destructive = annotations?.['destructiveHint']
  if (readOnly === true) return 'read-only'
  if (destructive === false) return 'writes'
  if (destructive === true || readOnly === false) return 'destructive'
  return 'unstated'
}

/** A resource that no list names, such as one that a result links to. Pure. */
export function linkedResource(
  server: { readonly serverId: ServerId; readonly serverName: string },
  uri: string,
): Offer {
  return offer(server, 'resource', uri, {}, {})
}

/** The arguments of a prompt as a schema: texts, all of them. */
function promptSchema(args: readonly Schema[]): Schema {
  const named = args.filter(isJsonObject).flatMap((arg) => {
    const { name, title, description, required } = arg
    return typeof name === 'string' ? [{ name, title, description, required }] : []
  })
  return {
    type: 'object',
    properties: Object.fromEntries(
      named.map(({ name, title, description }) => [
        name,
        {
          type: 'string',
          ...(title !== undefined && { title }),
          ...(description !== undefined && { description }),
        },
      ]),
    ),
    required: named.filter(({ required }) => required === true).map(({ name }) => name),
    additionalProperties: false,
  }
}

function templateSchema(template: string): Schema {
  const variables = templateVariables(template)
  return {
    type: 'object',
    properties: Object.fromEntries(variables.map(({ name }) => [name, { type: 'string' }])),
    required: variables.filter(({ optional }) => !optional).map(({ name }) => name),
    additionalProperties: false,
  }
}

function toolOffer(inventory: Inventory, tool: Tool): Offer {
  const { inputSchema, outputSchema, annotations } = tool
  const title = annotations?.['title']
  return offer(inventory, 'tool', tool.name, tool, {
    title: tool.title ?? (typeof title === 'string' ? title : null),
    effect: effectOf(tool),
    idempotent: annotations?.['idempotentHint'] === true,
    openWorld: annotations?.['openWorldHint'] === true,
    schema: inputSchema,
    outputSchema: outputSchema ?? null,
  })
}

function offer(
  server: { readonly serverId: ServerId; readonly serverName: string },
  kind: OfferKind,
  name: string,
  definition: { readonly title?: string | undefined; readonly description?: string | undefined },
  rest: Partial<Offer>,
): Offer {
  const { serverId, serverName } = server
  const schema = rest.schema ?? { type: 'object', properties: {}, additionalProperties: false }
  const title = rest.title ?? definition.title ?? null
  const description = definition.description ?? null
  return {
    effect: null,
    idempotent: false,
    openWorld: false,
    outputSchema: null,
    mimeType: null,
    ...rest,
    schema,
    serverId,
    serverName,
    kind,
    name,
    title: title === name ? null : title,
    description,
    tokens: estimateTokens(definition),
    haystack: [name, title, description, ...argumentNames(schema)].join('\n').toLowerCase(),
  }
}

function argumentNames(schema: Schema): readonly string[] {
  const properties = isJsonObject(schema) ? schema['properties'] : undefined
  return isJsonObject(properties) ? Object.keys(properties) : []
}
