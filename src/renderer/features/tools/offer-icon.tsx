import {
  Braces,
  Eraser,
  Eye,
  FileText,
  type LucideIcon,
  MessageSquareText,
  Pencil,
  Wrench,
} from 'lucide-react'
import type * as React from 'react'
import type { Offer, ToolEffect } from './offer.ts'

/** The icon of what a tool does. */
export const effectIcons: Readonly<Record<ToolEffect, LucideIcon>> = {
  'read-only': Eye,
  writes: Pencil,
  destructive: Eraser,
  unstated: Wrench,
}

const kindIcons = {
  tool: Wrench,
  prompt: MessageSquareText,
  resource: FileText,
  template: Braces,
} as const

/** What an offer is, as an icon: for a tool what it does. The words stand beside it. */
export function OfferIcon({
  offer,
}: {
  readonly offer: Pick<Offer, 'kind' | 'effect'>
}): React.JSX.Element {
  const Icon = offer.effect === null ? kindIcons[offer.kind] : effectIcons[offer.effect]
  return <Icon size={14} strokeWidth={1.75} className="flex-none text-ink-3" aria-hidden />
}
