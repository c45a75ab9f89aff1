/**
 * The value with every text in it redacted, names of members too; the very same one where nothing was. For data that a server
 * sent (JSON), on its way to a face.
 */
export function redactValue<T>(value: T, redact: (text: string) => string): T {
  // The shape stays, and only texts are replaced by texts.
  return redactUnknown(value, redact) as T
}

function redactUnknown(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => redactUnknown(item, redact))
    return items.some((item, index) => item !== value[index]) ? items : value
  }
  if (typeof value !== 'object' || value === null) return value
  let isSame = true
  const entries = Object.entries(value).map(([name, item]): [string, unknown] => {
    const clean: [string, unknown] = [redact(name), redactUnknown(item, redact)]
    isSame &&= clean[0] === name && clean[1] === item
    return clean
  })
  return isSame ? value : Object.fromEntries(entries)
}
