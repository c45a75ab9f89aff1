import type { JsonObject, JsonValue } from '../../../../shared/lib/json.ts'
import type { FieldOf, Schema } from './field.ts'
import { fitsField } from './fits-field.ts'
import { initialArgs, initialValue } from './initial-value.ts'
import {
  isJsonArray,
  isJsonObject,
  type JsonPath,
  jsonEquals,
  pointerOf,
  valueAt,
  withValueAt,
} from './json-path.ts'
import { readField } from './read-field.ts'

/** Why a text that was typed is not a value yet. */
export type DraftFault = 'number' | 'integer' | 'unsafe' | 'json'

/** A text that was typed and is not a value yet. */
export interface Draft {
  readonly text: string
  readonly fault: DraftFault
}

/**
 * What a person has filled in. The arguments themselves are the state, and fields only show them: so nothing is lost on the
 * way from JSON to the form and back.
 */
export interface FormState {
  readonly args: JsonObject
  /** By JSON Pointer. There is no value where there is a draft. */
  readonly drafts: Readonly<Record<string, Draft>>
  /** The variants that a person chose, by JSON Pointer; elsewhere the value tells. */
  readonly choices: Readonly<Record<string, number>>
}

/** A form that nobody has touched: defaults, and what leaves no choice. Pure. */
export function startForm(schema: Schema): FormState {
  return formOf(initialArgs(schema))
}

/** A form filled with arguments. Pure. */
export function formOf(args: JsonObject): FormState {
  return { args, drafts: {}, choices: {} }
}

/** Sets the value at a path; undefined takes it away. What was typed there and below is gone. Pure. */
export function setValue(
  state: FormState,
  path: JsonPath,
  value: JsonValue | undefined,
): FormState {
  const at = pointerOf(path)
  return {
    args: argsWith(state.args, path, value),
    drafts: without(state.drafts, (pointer) => isWithin(pointer, at)),
    // The choice at the place itself stands: the person made it.
    choices: without(state.choices, (pointer) => pointer !== at && isWithin(pointer, at)),
  }
}

/** Keeps a text that is not a value yet. Pure. */
export function setDraft(state: FormState, path: JsonPath, draft: Draft): FormState {
  const next = setValue(state, path, undefined)
  return { ...next, drafts: { ...next.drafts, [pointerOf(path)]: draft } }
}

/** Removes an item of an array; the later ones move up. `emptied`: what is left where it was the last. Pure. */
export function removeItem(
  state: FormState,
  path: JsonPath,
  index: number,
  emptied: readonly JsonValue[] | undefined,
): FormState {
  const items = valueAt(state.args, path)
  if (!isJsonArray(items)) return state
  const rest = items.toSpliced(index, 1)
  return reordered(state, path, rest.length > 0 ? rest : emptied, (place) =>
    place === index ? null : place > index ? place - 1 : place,
  )
}

/** Moves an item of an array to another position. Pure. */
export function moveItem(state: FormState, path: JsonPath, from: number, to: number): FormState {
  const items = valueAt(state.args, path)
  if (!isJsonArray(items) || to < 0 || to >= items.length) return state
  const order = items.map((_, place) => place)
  order.splice(to, 0, ...order.splice(from, 1))
  return reordered(
    state,
    path,
    order.map((place) => items[place] ?? null),
    (place) => order.indexOf(place),
  )
}

/** Gives a member of an object another name, in its place. An empty name, or one that is taken, changes nothing. Pure. */
export function renameMember(
  state: FormState,
  path: JsonPath,
  from: string,
  to: string,
): FormState {
  const object = valueAt(state.args, path)
  if (!isJsonObject(object) || from === to || to === '' || Object.hasOwn(object, to)) return state
  const entries = Object.entries(object).map(([key, value]) => [key === from ? to : key, value])
  return setValue(state, path, Object.fromEntries(entries))
}

/** Chooses another variant: what fits both stays, the rest starts anew. Pure. */
export function chooseVariant(
  state: FormState,
  path: JsonPath,
  field: FieldOf<'choice'>,
  index: number,
  root: Schema,
): FormState {
  const variant = field.variants[index]
  if (variant === undefined) return state
  const before = valueAt(state.args, path)
  const start = initialValue(variant.schema, root, true)
  const next = readField(variant.schema, root)
  let value = start
  if (before !== undefined && before !== null && fitsField(next, before, root)) {
    value = next.kind === 'object' ? sharedMembers(before, start, next, root) : before
  }
  const set = setValue(state, path, value)
  return { ...set, choices: { ...set.choices, [pointerOf(path)]: index } }
}

function sharedMembers(
  before: JsonValue,
  start: JsonValue | undefined,
  next: FieldOf<'object'>,
  root: Schema,
): JsonValue {
  const old = isJsonObject(before) ? before : {}
  const kept = next.properties.flatMap(({ name, schema }): [string, JsonValue][] => {
    const value = Object.hasOwn(old, name) ? old[name] : undefined
    if (value === undefined || !fitsField(readField(schema, root), value, root)) return []
    return [[name, value]]
  })
  return { ...(isJsonObject(start) ? start : {}), ...Object.fromEntries(kept) }
}

/** `place` tells where an item is now; null: it is gone. */
function reordered(
  state: FormState,
  path: JsonPath,
  items: readonly JsonValue[] | undefined,
  place: (index: number) => number | null,
): FormState {
  const at = `${pointerOf(path)}/`
  return {
    args: argsWith(state.args, path, items),
    drafts: moved(state.drafts, at, place),
    choices: moved(state.choices, at, place),
  }
}

function moved<T>(
  entries: Readonly<Record<string, T>>,
  at: string,
  place: (index: number) => number | null,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([pointer, entry]): [string, T][] => {
      if (!pointer.startsWith(at)) return [[pointer, entry]]
      const [index = '', ...rest] = pointer.slice(at.length).split('/')
      const now = place(Number(index))
      return now === null ? [] : [[`${at}${[now, ...rest].join('/')}`, entry]]
    }),
  )
}

function argsWith(args: JsonObject, path: JsonPath, value: JsonValue | undefined): JsonObject {
  if (jsonEquals(valueAt(args, path), value)) return args
  const next = withValueAt(args, path, value)
  return isJsonObject(next) ? next : {}
}

function without<T>(
  entries: Readonly<Record<string, T>>,
  isGone: (pointer: string) => boolean,
): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).filter(([pointer]) => !isGone(pointer)))
}

function isWithin(pointer: string, at: string): boolean {
  return pointer === at || pointer.startsWith(`${at}/`)
}
