/** Shorter values are not replaced: they stand in ordinary texts by chance, and each would be torn apart. */
const minSecretLength = 8

/** Keeps known secrets out of texts. */
export interface Redactor {
  /** Makes a secret known, in place of an earlier value of that name. Values under 8 characters are never replaced. */
  set(name: string, value: string): void
  /** Forgets a secret. */
  delete(name: string): void
  /**
   * The text with each known secret replaced by `[secret NAME]`: as it is, percent-encoded, escaped as in JSON, in
   * base64, and line by line where it has several. Costs nothing while no secret is known.
   */
  redact(text: string): string
}

/** Creates a redactor that knows no secret yet. */
export function createRedactor(): Redactor {
  const values = new Map<string, string>()
  let nameOf: ReadonlyMap<string, string> = new Map()
  let pattern: RegExp | null = null

  const rebuild = (): void => {
    const forms = new Map<string, string>()
    for (const [name, value] of values) {
      for (const form of formsOf(value)) {
        if (form.length >= minSecretLength && !forms.has(form)) forms.set(form, name)
      }
    }
    nameOf = forms
    // The longest first: of two secrets, one may be the beginning of the other.
    const sources = [...forms.keys()].toSorted((a, b) => b.length - a.length).map(escapeForRegExp)
    pattern = sources.length === 0 ? null : new RegExp(sources.join('|'), 'g')
  }

  return {
    set(name, value) {
      if (values.get(name) === value) return
      values.set(name, value)
      rebuild()
    },
    delete(name) {
      if (values.delete(name)) rebuild()
    },
    redact(text) {
      if (pattern === null || text.length < minSecretLength) return text
      return text.replace(pattern, (found) => `[secret ${nameOf.get(found) ?? 'unknown'}]`)
    },
  }
}

function formsOf(value: string): string[] {
  const lines = value.includes('\n') ? value.split(/\r?\n/) : []
  const base64 = Buffer.from(value).toString('base64')
  return [
    value,
    percentEncoded(value),
    JSON.stringify(value).slice(1, -1),
    base64.replace(/=+$/, ''),
    Buffer.from(value).toString('base64url'),
    // The frame of a PEM text is no secret and stands in many.
    ...lines.filter((line) => !line.startsWith('-----')),
  ]
}

function percentEncoded(value: string): string {
  // A lone surrogate cannot be encoded; it cannot be sent in a URL either.
  return encodeURIComponent(value.toWellFormed())
}

function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
}
