/** A variable of a URI template. */
export interface TemplateVariable {
  readonly name: string
  /** Without it the template still makes an address: it belongs to the query. */
  readonly optional: boolean
}

interface Expression {
  readonly operator: string
  readonly variables: readonly { readonly name: string; readonly most: number | null }[]
}

const expression = /\{([+#./;?&]?)([^{}]+)\}/g

/** How each operator writes its values (RFC 6570, appendix A). */
const operators: Readonly<
  Record<string, { first: string; between: string; named: boolean; reserved: boolean }>
> = {
  '': { first: '', between: ',', named: false, reserved: false },
  '+': { first: '', between: ',', named: false, reserved: true },
  '#': { first: '#', between: ',', named: false, reserved: true },
  '.': { first: '.', between: '.', named: false, reserved: false },
  '/': { first: '/', between: '/', named: false, reserved: false },
  ';': { first: ';', between: ';', named: true, reserved: false },
  '?': { first: '?', between: '&', named: true, reserved: false },
  '&': { first: '&', between: '&', named: true, reserved: false },
}

/** The variables of a URI template (RFC 6570), each once, in their order. Pure. */
export function templateVariables(template: string): readonly TemplateVariable[] {
  const found = new Map<string, boolean>()
  for (const match of template.matchAll(expression)) {
    const { operator, variables } = read(match)
    const optional = operator === '?' || operator === '&' || operator === '#'
    for (const { name } of variables) {
      found.set(name, (found.get(name) ?? true) && optional)
    }
  }
  return [...found].map(([name, optional]) => ({ name, optional }))
}

/** The address that a URI template makes with these values (RFC 6570, level 3, and prefixes). A variable without a value is left out. Pure. */
export function expandTemplate(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(expression, (...match) => {
    const { operator, variables } = read(match.slice(0, 3).map(String))
    const rule = operators[operator] ?? operators['']
    if (rule === undefined) return ''
    const parts = variables.flatMap(({ name, most }) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined
      if (value === undefined) return []
      const text = encode(
        Array.from(value)
          .slice(0, most ?? undefined)
          .join(''),
        rule.reserved,
      )
      if (!rule.named) return [text]
      return [text === '' && operator === ';' ? name : `${name}=${text}`]
    })
    return parts.length === 0 ? '' : rule.first + parts.join(rule.between)
  })
}

function read(match: readonly string[]): Expression {
  const [, operator = '', list = ''] = match
  const variables = list.split(',').map((item) => {
    const [name = '', most] = item.trim().replace(/\*$/, '').split(':', 2)
    return { name, most: most === undefined ? null : Number(most) }
  })
  return { operator, variables }
}

/** What an address may hold as it stands (RFC 3986, section 2.3), and with `reserved` also what has a meaning in one. */
function encode(text: string, reserved: boolean): string {
  const kept = reserved ? /%[0-9a-f]{2}|[\w.~:/?#[\]@!$&'()*+,;=-]/gi : /[\w.~-]/g
  let from = 0
  let encoded = ''
  for (const match of text.matchAll(kept)) {
    encoded += encodeText(text.slice(from, match.index)) + match[0]
    from = match.index + match[0].length
  }
  return encoded + encodeText(text.slice(from))
}

function encodeText(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
