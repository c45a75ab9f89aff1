import type { OfferKind } from '../../app/route.ts'
import { type Offer, type OfferGroup, offerKey } from './offer.ts'

/** One line of the list. */
export type ListRow =
  | { readonly type: 'group'; readonly key: string; readonly group: OfferGroup }
  | { readonly type: 'offer'; readonly key: string; readonly offer: Offer }

/** Which kinds of offers are shown. */
export type KindFilter = 'all' | OfferKind

/**
 * The groups with the offers that match; groups without any are left out. Every word of the search must stand somewhere in
 * a name, a description, an argument or the server's name. Pure.
 */
export function filterGroups(
  groups: readonly OfferGroup[],
  kind: KindFilter,
  search: string,
): readonly OfferGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return groups
    .map((group) => {
      const server = group.serverName.toLowerCase()
      const offers = group.offers.filter(
        (offer) =>
          (kind === 'all' || offer.kind === kind) &&
          words.every((word) => offer.haystack.includes(word) || server.includes(word)),
      )
      return { ...group, offers }
    })
    .filter(({ offers }) => offers.length > 0)
}

/** The lines of the list: each server above what it offers. Pure. */
export function listRows(groups: readonly OfferGroup[]): readonly ListRow[] {
  return groups.flatMap((group): ListRow[] => [
    { type: 'group', key: group.serverId, group },
    ...group.offers.map((offer) => ({ type: 'offer' as const, key: offerKey(offer), offer })),
  ])
}

/** How many offers there are of each kind. Pure. */
export function countKinds(groups: readonly OfferGroup[]): Readonly<Record<KindFilter, number>> {
  const counts = { all: 0, tool: 0, prompt: 0, resource: 0, template: 0 }
  for (const { offers } of groups) {
    for (const { kind } of offers) {
      counts.all += 1
      counts[kind] += 1
    }
  }
  return counts
}

/** The estimated tokens of the tools: what clients offer to a model. Pure. */
export function toolTokens(offers: readonly Offer[]): number {
  return offers.reduce((sum, offer) => sum + (offer.kind === 'tool' ? offer.tokens : 0), 0)
}
