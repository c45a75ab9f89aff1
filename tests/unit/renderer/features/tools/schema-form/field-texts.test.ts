import i18next from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import { typeText } from '../../../../../../src/renderer/features/tools/schema-form/field-texts.tsx'
import { readField } from '../../../../../../src/renderer/features/tools/schema-form/read-field.ts'
import { tools } from '../../../../../../src/renderer/i18n/en/tools.ts'

beforeAll(async () => {
  await i18next.init({
    lng: 'en',
    resources: { en: { tools } },
    interpolation: { escapeValue: false },
  })
})

/** What stands after the name of a field with this schema. */
function textOf(schema: Record<string, number | string>): string {
  return typeText(readField(schema, schema), i18next.getFixedT('en', 'tools'))
}

test('a number tells its bounds', () => {
  expect(textOf({ type: 'integer', minimum: 1, maximum: 100 })).toBe('integer, 1 to 100')
  expect(textOf({ type: 'number', maximum: 5 })).toBe('number, at most 5')
})

test('the last safe integer is no bound that a person reads', () => {
  const max = Number.MAX_SAFE_INTEGER
  expect(textOf({ type: 'integer', minimum: 1, maximum: max })).toBe('integer, 1 or more')
  expect(textOf({ type: 'integer', minimum: -max, maximum: max })).toBe('integer')
})
