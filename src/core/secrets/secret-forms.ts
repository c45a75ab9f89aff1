/**
 * Every spelling in which a secret may come out of a server: as it is, percent-encoded, escaped as in JSON (once, and again
 * within a JSON text), in base64 at any of its three alignments, and line by line where it has several. May hold one twice,
 * and short ones. Pure.
 */
export function secretForms(value: string): string[] {
  const lines = value.includes('\n') ? value.split(/\r?\n/) : []
  return [
    value,
    ...percentForms(value),
    ...jsonForms(value),
    ...base64Forms(value),
    // The frame of a PEM text is no secret and stands in many.
    ...lines.filter((line) => !line.startsWith('-----')),
  ]
}

/** Encoders differ in the characters that they leave, in how they write a space, and in the case of their digits. */
function percentForms(value: string): string[] {
  // A lone surrogate cannot be encoded; it cannot be sent in a URL either.
  const encoded = encodeURIComponent(value.toWellFormed())
  const strict = encoded.replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  const forms = [
    encoded,
    strict,
    encoded.replaceAll('%2F', '/'),
    // As a form sends it.
    new URLSearchParams({ v: value }).toString().slice('v='.length),
    encoded.replaceAll('%20', '+'),
  ]
  return [
    ...forms,
    ...forms.map((form) => form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())),
  ]
}

function jsonForms(value: string): string[] {
  const plain = jsonEscaped(value)
  return [
    plain,
    jsonEscaped(plain),
    // PHP escapes slashes, Go and others what HTML could take for a tag, Gson also the end of base64, Python all that is not
    // ASCII, .NET both and quotes, with large digits.
    plain.replaceAll('/', '\\/'),
    withUnicodeEscapes(plain, /[<>&]/g),
    withUnicodeEscapes(plain, /[<>&=']/g),
    withUnicodeEscapes(plain, /[^ -~]/g),
    plain.replace(/\\.|["'&+<>`]|[^ -~]/g, (text) =>
      text === '\\"' ? '\\u0022' : text.startsWith('\\') ? text : `\\u${hexOf(text).toUpperCase()}`,
    ),
  ]
}

function jsonEscaped(value: string): string {
  return JSON.stringify(value).slice(1, -1)
}

function withUnicodeEscapes(text: string, chars: RegExp): string {
  return text.replace(chars, (char) => `\\u${hexOf(char)}`)
}

function hexOf(char: string): string {
  return char.charCodeAt(0).toString(16).padStart(4, '0')
}

/** Characters of base64 that hold bits of what stands before the value, where it begins at byte 0, 1 or 2 of a group. */
const foreignHead = [0, 2, 3] as const

/** In base64, three bytes are four characters: what a value looks like depends on where in a group of three it begins. */
function base64Forms(value: string): string[] {
  const bytes = Buffer.from(value)
  const standard = foreignHead.map((head, offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
    // The last character may hold bits of what follows.
    return text.slice(head, Math.floor(((offset + bytes.length) * 8) / 6))
  })
  const whole = bytes.toString('base64').replace(/=+$/, '')
  return [whole, ...standard].flatMap((form) => [
    form,
    form.replaceAll('+', '-').replaceAll('/', '_'),
  ])
}
