import type { JsonObject, JsonValue } from '../../../../shared/lib/json.ts'
import type { Field, Schema, Variant } from './field.ts'
import { flattenSchema, isSchema, mergeSchemas, typesOf } from './flatten-schema.ts'
import { isJsonArray, isJsonObject } from './json-path.ts'
import { constOf, variantLabel } from './variant-label.ts'

/** The field of a schema. What a form cannot show is a field of JSON: nothing is dropped. Pure. */
export function readField(schema: Schema, root: Schema): Field {
  const flat = flattenSchema(schema, root)
  if (flat === null) return jsonField(typeof schema === 'boolean' ? {} : schema, 'JSON')
  if (typeof flat === 'boolean') return jsonField({}, 'any')
  if (Object.hasOwn(flat, 'const')) {
    const value = flat['const'] ?? null
    return { ...common(flat, 'const'), kind: 'const', value }
  }
  if (isJsonArray(flat['enum'])) return enumField(flat, flat['enum'])
  const { anyOf, oneOf, ...base } = flat
  if (anyOf !== undefined && oneOf !== undefined) return jsonField(flat, 'JSON')
  const variants = anyOf ?? oneOf
  if (isJsonArray(variants)) return variantField(base, variants.filter(isSchema), root)
  return typedField(flat, root)
}

function common(schema: JsonObject, typeName: string) {
  return {
    title: textOf(schema['title']),
    description: textOf(schema['description']),
    nullable: schema['nullable'] === true || typesOf(schema['type']).includes('null'),
    defaultValue: schema['default'],
    typeName,
  }
}

function jsonField(schema: JsonObject, typeName: string): Field {
  return { ...common(schema, typeName), kind: 'json' }
}

function enumField(schema: JsonObject, values: readonly JsonValue[]): Field {
  // `enumNames` is how MCP's elicitation named the values before titles.
  const names = isJsonArray(schema['enumNames']) ? schema['enumNames'] : []
  const options = values.map((value, index) => ({
    value,
    label: textOf(names[index]) ?? labelOf(value),
  }))
  // Null is one of the values then, or it is not allowed.
  return { ...common(schema, 'enum'), nullable: false, kind: 'enum', options }
}

function variantField(base: JsonObject, schemas: readonly Schema[], root: Schema): Field {
  const rest = schemas.filter((schema) => !isNullSchema(schema, root))
  const nullable = rest.length < schemas.length
  const own = common(base, 'enum')
  const [only] = rest
  if (only !== undefined && rest.length === 1) {
    const flat = flattenSchema(only, root)
    const merged = flat === null ? null : mergeSchemas(flat, base)
    if (merged === null) return jsonField(base, 'JSON')
    const field = readField(merged, root)
    return { ...field, nullable: field.nullable || nullable }
  }
  const values = rest.map((schema) => constOf(schema, root))
  if (values.length > 0 && values.every((value) => value !== undefined)) {
    const options = rest.map((schema, index) => {
      const value = values[index] ?? null
      const title = typeof schema === 'object' ? textOf(schema['title']) : null
      return { value, label: title ?? labelOf(value) }
    })
    return { ...own, nullable: own.nullable || nullable, kind: 'enum', options }
  }
  const variants = rest.map((schema, index): Variant => {
    const { title: _title, description: _description, default: _default, ...shared } = base
    const isBare = Object.keys(shared).every((key) => key.startsWith('$'))
    return {
      label: variantLabel(schema, index, root),
      schema: isBare ? schema : { allOf: [shared, schema] },
    }
  })
  return { ...own, nullable: own.nullable || nullable, typeName: '', kind: 'choice', variants }
}

function typedField(schema: JsonObject, root: Schema): Field {
  const types = typesOf(schema['type']).filter((type) => type !== 'null')
  const kinds = types.includes('number') ? types.filter((type) => type !== 'integer') : types
  if (kinds.length > 1) {
    const { title: _title, description: _description, default: _default, ...shared } = schema
    const variants = kinds.map((type) => ({ label: type, schema: { ...shared, type } }))
    return { ...common(schema, kinds.join(' | ')), kind: 'choice', variants }
  }
  const type = kinds[0] ?? (typesOf(schema['type']).length > 0 ? 'null' : impliedType(schema))
  switch (type) {
    case 'string': {
      const format = textOf(schema['format']) ?? encodingOf(schema)
      return {
        ...common(schema, format ?? 'string'),
        kind: 'text',
        format,
        length: { min: numberOf(schema['minLength']), max: numberOf(schema['maxLength']) },
        pattern: textOf(schema['pattern']),
      }
    }
    case 'number':
    case 'integer':
      return {
        ...common(schema, type),
        kind: 'number',
        integer: type === 'integer',
        bounds: { min: numberOf(schema['minimum']), max: numberOf(schema['maximum']) },
        above: numberOf(schema['exclusiveMinimum']),
        below: numberOf(schema['exclusiveMaximum']),
      }
    case 'boolean':
      return { ...common(schema, 'boolean'), kind: 'boolean' }
    case 'null':
      return { ...common(schema, 'null'), kind: 'const', value: null }
    case 'object':
      return objectField(schema)
    case 'array':
      return arrayField(schema, root)
    default:
      return jsonField(schema, 'any')
  }
}

function objectField(schema: JsonObject): Field {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {}
  const required = isJsonArray(schema['required']) ? schema['required'] : []
  const rest = schema['additionalProperties']
  const hasPatterns = schema['patternProperties'] !== undefined
  const named = Object.entries(properties).flatMap(([name, inner]) =>
    isSchema(inner) ? [{ name, schema: inner, required: required.includes(name) }] : [],
  )
  const unnamed = required
    .filter((name) => typeof name === 'string')
    .filter((name) => !Object.hasOwn(properties, name))
    .map((name) => ({ name, schema: isSchema(rest) ? rest : true, required: true }))
  return {
    ...common(schema, 'object'),
    kind: 'object',
    properties: [...named, ...unnamed],
    additional: rest === false ? (hasPatterns ? true : null) : isSchema(rest) ? rest : true,
    isOpen: hasPatterns || (rest !== false && (rest !== undefined || named.length === 0)),
  }
}

function arrayField(schema: JsonObject, root: Schema): Field {
  // Before 2020-12 a list in `items` was the tuple, and `additionalItems` the rest.
  const isOldTuple = isJsonArray(schema['items'])
  const prefix = isOldTuple ? schema['items'] : schema['prefixItems']
  const items = isOldTuple ? schema['additionalItems'] : schema['items']
  const list = isJsonArray(prefix) ? prefix.filter(isSchema) : []
  const rest = items === false ? null : isSchema(items) ? items : true
  return {
    ...common(schema, list.length > 0 ? 'tuple' : arrayName(rest, root)),
    kind: 'array',
    prefix: list,
    items: rest,
    size: { min: numberOf(schema['minItems']), max: numberOf(schema['maxItems']) },
    unique: schema['uniqueItems'] === true,
  }
}

/** Not by reading the field of the items: an array may be an array of itself. */
function arrayName(items: Schema | null, root: Schema): string {
  const flat = items === null ? null : flattenSchema(items, root)
  if (flat === null || typeof flat === 'boolean') return 'array'
  const [type] = typesOf(flat['type'])
  return isJsonArray(flat['enum']) ? 'enum[]' : type === undefined ? 'array' : `${type}[]`
}

function impliedType(schema: JsonObject): string | null {
  if (isJsonObject(schema['properties']) || isJsonArray(schema['required'])) return 'object'
  if (isJsonObject(schema['additionalProperties'])) return 'object'
  if (schema['items'] !== undefined || schema['prefixItems'] !== undefined) return 'array'
  if (schema['minimum'] !== undefined || schema['maximum'] !== undefined) return 'number'
  if (['pattern', 'minLength', 'maxLength', 'format'].some((key) => schema[key] !== undefined)) {
    return 'string'
  }
  return null
}

function encodingOf(schema: JsonObject): string | null {
  return textOf(schema['contentEncoding']) ?? null
}

function isNullSchema(schema: Schema, root: Schema): boolean {
  const flat = flattenSchema(schema, root)
  if (flat === null || typeof flat === 'boolean') return false
  return flat['type'] === 'null' || flat['const'] === null
}

function textOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function numberOf(value: JsonValue | undefined): number | null {
  return typeof value === 'number' ? value : null
}

function labelOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
