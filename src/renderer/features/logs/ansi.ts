import {
  ansiEscapes,
  controlCharacters,
  hasControlCharacters,
} from '../../../shared/lib/plain-text.ts'

/** Colours of a terminal, as this page knows them; `grey` is what lies between the two ends. */
export type AnsiColor = 'grey' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan'

/** How a piece of text looks. */
export interface AnsiStyle {
  readonly color: AnsiColor | null
  /** The colour behind it. */
  readonly ground: AnsiColor | null
  readonly bold: boolean
  readonly dim: boolean
  readonly italic: boolean
  readonly underline: boolean
  readonly strike: boolean
}

/** A piece of text of one style. */
export interface AnsiSpan {
  readonly text: string
  readonly style: AnsiStyle
}

/** Text as it stands. */
export const plainStyle: AnsiStyle = {
  color: null,
  ground: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  strike: false,
}

/** The pieces of a line by style; their texts together are `plainText(line)`. Only colours and weights count, all else is removed. Pure. */
export function parseAnsi(text: string): readonly AnsiSpan[] {
  if (!hasControlCharacters(text)) return [{ text, style: plainStyle }]
  const spans: AnsiSpan[] = []
  let style = plainStyle
  let from = 0
  const push = (piece: string) => {
    const clean = piece.replace(controlCharacters, '')
    if (clean !== '') spans.push({ text: clean, style })
  }
  for (const match of text.matchAll(ansiEscapes)) {
    push(text.slice(from, match.index))
    from = match.index + match[0].length
    // oxlint-disable-next-line no-control-regex
    const codes = /^(?:\x1b\[|\x9b)([\d;:]*)m$/.exec(match[0])?.[1]
    if (codes !== undefined) style = applyCodes(style, codes)
  }
  push(text.slice(from))
  return spans.length === 0 ? [{ text: '', style: plainStyle }] : spans
}

const hues: readonly AnsiColor[] = [
  'grey',
  'red',
  'green',
  'yellow',
  'blue',
  'magenta',
  'cyan',
  'grey',
]

function applyCodes(before: AnsiStyle, text: string): AnsiStyle {
  const codes = text.split(/[;:]/).map(Number)
  let style = before
  for (let index = 0; index < codes.length; index += 1) {
    const code = codes[index] ?? 0
    if (code === 38 || code === 48) {
      const { color, used } = longColor(codes.slice(index + 1))
      style = { ...style, [code === 38 ? 'color' : 'ground']: color }
      index += used
    } else style = { ...style, ...changeOf(code) }
  }
  return style
}

function changeOf(code: number): Partial<AnsiStyle> {
  if (code >= 30 && code <= 37) return { color: hues[code - 30] ?? null }
  if (code >= 90 && code <= 97) return { color: hues[code - 90] ?? null }
  if (code >= 40 && code <= 47) return { ground: hues[code - 40] ?? null }
  if (code >= 100 && code <= 107) return { ground: hues[code - 100] ?? null }
  switch (code) {
    case 0:
      return plainStyle
    case 1:
      return { bold: true }
    case 2:
      return { dim: true }
    case 3:
      return { italic: true }
    case 4:
      return { underline: true }
    case 9:
      return { strike: true }
    case 22:
      return { bold: false, dim: false }
    case 23:
      return { italic: false }
    case 24:
      return { underline: false }
    case 29:
      return { strike: false }
    case 39:
      return { color: null }
    case 49:
      return { ground: null }
    default:
      return {}
  }
}

/** The colour after 38 or 48: `5;n` of a palette of 256, or `2;r;g;b`; with how many codes it takes. */
function longColor(codes: readonly number[]): { color: AnsiColor | null; used: number } {
  const [form, first = 0, second = 0, third = 0] = codes
  if (form === 2) return { color: hueOf(first, second, third), used: 4 }
  if (form !== 5) return { color: null, used: 0 }
  if (first < 16) return { color: hues[first % 8] ?? null, used: 2 }
  if (first >= 232) return { color: 'grey', used: 2 }
  const cube = first - 16
  const level = (step: number) => Math.floor(cube / step) % 6
  return { color: hueOf(level(36) * 51, level(6) * 51, level(1) * 51), used: 2 }
}

/** The nearest of our colours: those are made to be read on both grounds, a server's own may not be. */
function hueOf(red: number, green: number, blue: number): AnsiColor {
  const most = Math.max(red, green, blue)
  const spread = most - Math.min(red, green, blue)
  if (spread < 40) return 'grey'
  const sixth =
    most === red
      ? ((green - blue) / spread + 6) % 6
      : most === green
        ? (blue - red) / spread + 2
        : (red - green) / spread + 4
  const round: readonly AnsiColor[] = ['red', 'yellow', 'green', 'cyan', 'blue', 'magenta']
  return round[Math.round(sixth) % 6] ?? 'grey'
}
