import { create } from 'zustand'
import type { JsonObject } from '../../../shared/lib/json.ts'
import { type Offer, type OfferRef, offerKey } from './offer.ts'
import { type FormState, formOf, startForm } from './schema-form/form-state.ts'

/** What a person has filled in for one offer. */
export interface OfferForm {
  readonly form: FormState
  /** The arguments as text, while they are edited as JSON; null: the form is shown. */
  readonly jsonText: string | null
  /** Problems of fields that nobody has touched are shown too: a run was tried. */
  readonly showsAll: boolean
}

/** The forms by offer: they stay while the person looks at another one. */
export const useOfferForms = create<{ readonly byKey: ReadonlyMap<string, OfferForm> }>(() => ({
  byKey: new Map(),
}))

/** The form of an offer: as it was left, or fresh. */
export function useOfferForm(offer: Offer): OfferForm {
  const kept = useOfferForms((state) => state.byKey.get(offerKey(offer)))
  return kept ?? freshForm(offer)
}

/** The same, now. */
export function currentForm(offer: Offer): OfferForm {
  return useOfferForms.getState().byKey.get(offerKey(offer)) ?? freshForm(offer)
}

/** Whether what is filled in can be sent at all: no text in it waits to become a value. Pure. */
export function canSend({ form, jsonText }: OfferForm): boolean {
  return jsonText === null ? Object.keys(form.drafts).length === 0 : 'args' in parseArgs(jsonText)
}

/** The form as nobody has touched it. Pure. */
export function freshForm(offer: Offer): OfferForm {
  return { form: startForm(offer.schema), jsonText: null, showsAll: false }
}

/** Changes the form of an offer. */
export function changeOfferForm(offer: Offer, change: (form: OfferForm) => OfferForm): void {
  useOfferForms.setState(({ byKey }) => {
    const key = offerKey(offer)
    return { byKey: new Map(byKey).set(key, change(byKey.get(key) ?? freshForm(offer))) }
  })
}

/** Fills the form of an offer with the arguments of an earlier call. */
export function fillOfferForm(offer: OfferRef, args: JsonObject): void {
  useOfferForms.setState(({ byKey }) => ({
    byKey: new Map(byKey).set(offerKey(offer), {
      form: formOf(args),
      jsonText: null,
      showsAll: false,
    }),
  }))
}

/** Reads arguments that are edited as JSON: an object, or why there is none. Pure. */
export function parseArgs(
  text: string,
): { readonly args: JsonObject } | { readonly fault: string } {
  if (text.trim() === '') return { args: {} }
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      // What JSON.parse makes is JSON; an object that is no array is an object of it.
      return { args: value as JsonObject }
    }
    return { fault: '' }
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) }
  }
}
