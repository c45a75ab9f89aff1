import { linkedResource, type Offer, type OfferGroup, type OfferRef } from './offer.ts'

/** The offer that an address names; a resource may be one that no list has. Null: it is not offered now. Pure. */
export function resolveOffer(groups: readonly OfferGroup[], ref: OfferRef): Offer | null {
  const group = groups.find(({ serverId }) => serverId === ref.serverId)
  if (group === undefined) return null
  const listed = group.offers.find(({ kind, name }) => kind === ref.kind && name === ref.name)
  return listed ?? (ref.kind === 'resource' ? linkedResource(group, ref.name) : null)
}
