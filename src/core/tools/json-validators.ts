import { Ajv, type ErrorObject, type Options, type ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { SchemaProblem } from '../../shared/contract/tools.ts'
import { isRecord } from '../../shared/lib/json.ts'

/** How many problems are told at most: with all of them, a long list may have one per item. */
const maxProblems = 100
/** How many characters of allowed values a message shows. */
const maxShownChars = 200
/** Schemas that are larger than this, in characters of JSON, are not compiled. */
const maxSchemaChars = 1_000_000

const options: Options = {
  // Servers write keywords of their own into their schemas, and formats that nobody knows.
  strict: false,
  allErrors: true,
  logger: false,
  // Two tools may give their schemas the same `$id`.
  addUsedSchema: false,
  code: { regExp: Object.assign(toRegExp, { code: 'new RegExp' }) },
}

/** A compiled schema, or why there is none. */
type Compiled =
  | { readonly ok: true; readonly validate: ValidateFunction }
  | { readonly ok: false; readonly reason: string }

/**
 * Checks JSON values against JSON Schemas of 2020-12, or draft-07 (and 06) where `$schema` names it. Schemas are compiled
 * once and kept until their owner is forgotten. Nothing is fetched. A check may take for ever (a `pattern` can), so this
 * runs where it can be ended from outside.
 */
export class JsonValidators {
  readonly #owners = new Map<string, OwnedValidators>()

  /** Where the value does not fit. A schema that cannot be used is one problem of the whole value. */
  check(owner: string, schemaText: string, value: unknown): SchemaProblem[] {
    const owned = this.#owners.get(owner) ?? new OwnedValidators()
    this.#owners.set(owner, owned)
    const compiled = owned.of(schemaText)
    if (!compiled.ok) return [unusable(compiled.reason)]
    try {
      if (compiled.validate(value)) return []
    } catch (error) {
      // A schema that refers to itself without end overflows the stack.
      return [unusable(error instanceof Error ? error.message : String(error))]
    }
    return (compiled.validate.errors ?? []).slice(0, maxProblems).map(toProblem)
  }

  /** Drops what was compiled for an owner. */
  forget(owner: string): void {
    this.#owners.delete(owner)
  }
}

/** What was compiled for one owner. Its own Ajv, so that a schema's `$id` cannot stand in for that of another server. */
class OwnedValidators {
  readonly #compiled = new Map<string, Compiled>()
  #ajv2020: Ajv2020 | undefined
  #ajv07: Ajv | undefined

  of(schemaText: string): Compiled {
    const compiled = this.#compiled.get(schemaText) ?? this.#compile(schemaText)
    this.#compiled.set(schemaText, compiled)
    return compiled
  }

  #compile(schemaText: string): Compiled {
    if (schemaText.length > maxSchemaChars) return { ok: false, reason: 'it is too large' }
    try {
      const parsed: unknown = JSON.parse(schemaText)
      if (!isRecord(parsed)) return { ok: false, reason: 'it is not an object' }
      // A dialect that nobody knows must not keep it from being used; an asynchronous check is none of JSON Schema's.
      const { $schema: dialect, $async: _async, ...schema } = parsed
      return { ok: true, validate: this.#ajvFor(dialect).compile(schema) }
    } catch (error) {
      return { ok: false, reason: error instanceof Error ? error.message : String(error) }
    }
  }

  #ajvFor(dialect: unknown): Ajv | Ajv2020 {
    if (typeof dialect === 'string' && /draft-0[67]/.test(dialect)) {
      this.#ajv07 ??= withFormats(new Ajv(options))
      return this.#ajv07
    }
    this.#ajv2020 ??= withFormats(new Ajv2020(options))
    return this.#ajv2020
  }
}

function withFormats<A extends Ajv | Ajv2020>(ajv: A): A {
  addFormats(ajv)
  return ajv
}

/** Patterns are to be read with Unicode (JSON Schema 2020-12, "Regular Expressions"); many are only valid without. */
function toRegExp(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags)
  } catch {
    // Throws the reason where it is not valid either way.
    return new RegExp(pattern, flags.replace('u', ''))
  }
}

function unusable(reason: string): SchemaProblem {
  return { path: '', message: `could not be checked, the schema cannot be used: ${reason}` }
}

function toProblem({ keyword, instancePath, params, message }: ErrorObject): SchemaProblem {
  const at = (property: unknown) => `${instancePath}/${escapePointer(String(property))}`
  switch (keyword) {
    case 'required':
      return { path: at(params['missingProperty']), message: 'is required' }
    case 'additionalProperties':
      return { path: at(params['additionalProperty']), message: 'is not expected here' }
    case 'unevaluatedProperties':
      return { path: at(params['unevaluatedProperty']), message: 'is not expected here' }
    case 'enum':
      return { path: instancePath, message: `must be one of ${shown(params['allowedValues'])}` }
    case 'const':
      return { path: instancePath, message: `must be ${shown(params['allowedValue'])}` }
    default:
      return { path: instancePath, message: message ?? `does not fit "${keyword}"` }
  }
}

function shown(value: unknown): string {
  const text = Array.isArray(value)
    ? value.map((one) => JSON.stringify(one)).join(', ')
    : JSON.stringify(value)
  return text.length > maxShownChars ? `${text.slice(0, maxShownChars)}…` : text
}

/** RFC 6901, section 3. */
function escapePointer(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1')
}
