import type { JsonObject, JsonValue } from '../../../../shared/lib/json.ts'

/** A JSON Schema (2020-12, and what older drafts share with it): an object, or true or false. */
export type Schema = JsonObject | boolean

/** What every field has. Undefined and null: the schema does not say. */
interface FieldBase {
  readonly title: string | null
  readonly description: string | null
  /** Null is allowed beside what the kind allows. */
  readonly nullable: boolean
  readonly defaultValue: JsonValue | undefined
  /** The type as a programmer reads it: `string`, `date-time`, `integer`, `string[]`. */
  readonly typeName: string
}

/** The least and the most of something, both included unless `exclusive`. Null: no bound. */
export interface Bounds {
  readonly min: number | null
  readonly max: number | null
}

/** One of the values of an enumeration. */
export interface EnumOption {
  readonly value: JsonValue
  readonly label: string
}

/** A member of an object that the schema names. */
export interface Property {
  readonly name: string
  readonly schema: Schema
  readonly required: boolean
}

/** One of the schemas that a value may follow. */
export interface Variant {
  readonly label: string
  readonly schema: Schema
}

/** What a person fills in for a schema. Schemas inside it are read when they are shown, so a recursive one has no end to reach. */
export type Field = FieldBase &
  (
    | {
        readonly kind: 'text'
        readonly format: string | null
        readonly length: Bounds
        readonly pattern: string | null
      }
    | {
        readonly kind: 'number'
        readonly integer: boolean
        readonly bounds: Bounds
        readonly above: number | null
        readonly below: number | null
      }
    | { readonly kind: 'boolean' }
    | { readonly kind: 'const'; readonly value: JsonValue }
    | { readonly kind: 'enum'; readonly options: readonly EnumOption[] }
    | {
        readonly kind: 'object'
        readonly properties: readonly Property[]
        /** What other members may hold; null: the schema forbids them. */
        readonly additional: Schema | null
        /** The schema speaks of other members, or names none: a person may want to add some. */
        readonly isOpen: boolean
      }
    | {
        readonly kind: 'array'
        /** The schemas of the first positions. */
        readonly prefix: readonly Schema[]
        /** The schema of the rest; null: there is no rest. */
        readonly items: Schema | null
        readonly size: Bounds
        readonly unique: boolean
      }
    | { readonly kind: 'choice'; readonly variants: readonly Variant[] }
    /** Typed as JSON: anything is allowed, or the schema says it in a way that no form can show. */
    | { readonly kind: 'json' }
  )
export type FieldOf<K extends Field['kind']> = Extract<Field, { kind: K }>
