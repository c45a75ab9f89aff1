import type { TFunction } from 'i18next'
import type * as React from 'react'
import { Described } from '../described.tsx'
import type { Bounds, Field } from './field.ts'

/** The type of a field with its bounds, as it stands after the name: `integer, 1 to 100`. */
export function typeText(field: Field, t: TFunction<'tools'>): string {
  if (field.kind !== 'number') return field.typeName
  const range = boundsText(
    {
      min: meantBound(field.bounds.min ?? field.above),
      max: meantBound(field.bounds.max ?? field.below),
    },
    t,
  )
  return range === null ? field.typeName : `${field.typeName}, ${range}`
}

/** Null for a bound that only says how far numbers go, as generators of schemas write it for any integer. */
function meantBound(bound: number | null): number | null {
  return bound === null || Math.abs(bound) >= Number.MAX_SAFE_INTEGER ? null : bound
}

function boundsText({ min, max }: Bounds, t: TFunction<'tools'>): string | null {
  if (min !== null && max !== null) return t('form.range', { min, max })
  if (min !== null) return t('form.from', { min })
  if (max !== null) return t('form.upTo', { max })
  return null
}

/** What a field means: its description, then what its schema asks for. Null: nothing to say. */
export function fieldHint(
  field: Field,
  description: string | null,
  t: TFunction<'tools'>,
): React.ReactNode {
  const text = [field.title, field.description ?? description].filter((part) => part !== null)
  const demands = demandsOf(field, t)
  if (text.length === 0 && demands.length === 0) return null
  return (
    <span className="whitespace-pre-line wrap-anywhere">
      <Described text={text.join(': ')} />
      {demands.length > 0 && `${text.length > 0 ? '\n' : ''}${demands.join(' · ')}`}
    </span>
  )
}

function demandsOf(field: Field, t: TFunction<'tools'>): readonly string[] {
  switch (field.kind) {
    case 'text': {
      const range = boundsText(field.length, t)
      return [
        ...(range === null ? [] : [t('form.characters', { range })]),
        ...(field.pattern === null ? [] : [t('form.pattern', { pattern: field.pattern })]),
      ]
    }
    case 'array': {
      const range = boundsText(field.size, t)
      return [
        ...(range === null ? [] : [t('form.items', { range })]),
        ...(field.unique ? [t('form.unique')] : []),
      ]
    }
    case 'number':
    case 'boolean':
    case 'const':
    case 'enum':
    case 'object':
    case 'choice':
    case 'json':
      return []
  }
}
