import { isDeepStrictEqual } from 'node:util'
import type { ContentBlock, ToolResult } from '../../shared/domain/inventory.ts'
import { isRecord } from '../../shared/lib/json.ts'

/** A part of a result that has bytes of its own, to be saved. */
export interface BinaryPart {
  /** Position in the content, from 1. */
  readonly position: number
  readonly mimeType: string
  readonly bytes: Buffer
}

/**
 * A tool's result for a person: texts as they are, every other part as one line in brackets with its type, media type and
 * size, and structured content as indented JSON unless a text says the same.
 */
export function toolResultText(result: ToolResult): string {
  const parts = result.content.map(partText)
  const structured = result.structuredContent
  if (structured !== undefined && !result.content.some((part) => saysTheSame(part, structured))) {
    parts.push(JSON.stringify(structured, null, 2))
  }
  return parts.join('\n')
}

/** The parts of a result that have bytes: images, audio and embedded binary resources. */
export function binaryParts(result: ToolResult): BinaryPart[] {
  return result.content.flatMap((part, index) => {
    const base64 = base64Of(part)
    return base64 === null
      ? []
      : [
          {
            position: index + 1,
            mimeType: textOf(holder(part)['mimeType']) ?? 'application/octet-stream',
            bytes: Buffer.from(base64, 'base64'),
          },
        ]
  })
}

function partText(part: ContentBlock): string {
  const inner = holder(part)
  const text = textOf(inner['text'])
  if (part.type === 'text') return text ?? ''
  const mimeType = textOf(inner['mimeType']) ?? 'no media type'
  const base64 = base64Of(part)
  switch (part.type) {
    case 'image':
    case 'audio':
      return `[${part.type}: ${mimeType}, ${sizeWords(Buffer.byteLength(base64 ?? '', 'base64'))}]`
    case 'resource_link': {
      const title = textOf(part['title']) ?? textOf(part['name'])
      return `[resource_link: ${textOf(part['uri']) ?? ''}, ${mimeType}${title === null ? '' : `, ${title}`}${typeof part['size'] === 'number' ? `, ${sizeWords(part['size'])}` : ''}]`
    }
    case 'resource': {
      const bytes =
        base64 === null ? Buffer.byteLength(text ?? '') : Buffer.byteLength(base64, 'base64')
      const line = `[resource: ${textOf(inner['uri']) ?? ''}, ${mimeType}, ${sizeWords(bytes)}]`
      return text === null ? line : `${line}\n${text}`
    }
    default:
      return `[${part.type}: ${JSON.stringify(part)}]`
  }
}

/** Where a part keeps its text, data and media type: itself, or the resource that it embeds. */
function holder(part: ContentBlock): Record<string, unknown> {
  const resource = part['resource']
  return part.type === 'resource' && isRecord(resource) ? resource : part
}

function base64Of(part: ContentBlock): string | null {
  if (part.type === 'image' || part.type === 'audio') return textOf(part['data'])
  return part.type === 'resource' ? textOf(holder(part)['blob']) : null
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** `1 byte`, `12 bytes`, `3.4 kB`, `1.2 MB` (powers of 1000). */
function sizeWords(bytes: number): string {
  if (bytes < 1_000) return bytes === 1 ? '1 byte' : `${bytes} bytes`
  return bytes < 1_000_000
    ? `${(bytes / 1_000).toFixed(1)} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** The specification asks servers to repeat structured content as a text ("Structured Content"). */
function saysTheSame(part: ContentBlock, structured: unknown): boolean {
  const text = part.type === 'text' ? textOf(part['text']) : null
  if (text === null || !/^\s*[[{]/.test(text)) return false
  try {
    return isDeepStrictEqual(JSON.parse(text), structured)
  } catch {
    // Not JSON, so it says something else.
    return false
  }
}
