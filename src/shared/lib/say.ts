/** The values of a text's placeholders, by name. */
export type TextValues = Readonly<Record<string, string | number>>

/** Texts by key. A text may hold placeholders, written `{{name}}` as i18next writes them. */
export type TextCatalog = Readonly<Record<string, string>>

/** Says a text of a catalog in the reader's language, with its placeholders filled. */
export type Say<Catalog extends TextCatalog> = (
  key: keyof Catalog & string,
  values: TextValues,
) => string

const placeholder = /\{\{(\w+)\}\}/g

/** The names of a text's placeholders, in their order. */
export function placeholdersOf(text: string): string[] {
  return Array.from(text.matchAll(placeholder), ([, name = '']) => name)
}

/** Says the catalog's own texts. A placeholder without a value stays as it is written. */
export function sayFrom<Catalog extends TextCatalog>(catalog: Catalog): Say<Catalog> {
  return (key, values) =>
    // The key is one of the catalog's; `noUncheckedIndexedAccess` cannot tell for a generic one.
    (catalog[key] ?? key).replace(placeholder, (written, name: string) =>
      Object.hasOwn(values, name) ? String(values[name]) : written,
    )
}
