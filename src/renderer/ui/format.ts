// Figures carry their unit after a space, as the style of the state table asks: "1.2 s", "18.4 kB".

/** The language of figures, a BCP 47 tag: English until another one is there. */
const english = 'en'

/** A whole number with its thousands set apart: `2,344`. */
export function formatNumber(value: number, locale: string = english): string {
  return numberFormat(locale, { maximumFractionDigits: 0 }).format(value)
}

/** A large number cut short, as for tokens: `980`, `4.1k`, `1.2M`. */
export function formatCompact(value: number, locale: string = english): string {
  const text = numberFormat(locale, {
    notation: 'compact',
    maximumFractionDigits: 1,
  }).format(value)
  return text.replace('K', 'k')
}

/** A share of 0 to 1, or more, in percent with one digit: `0.4 %`; no digit from 100 up. */
export function formatPercent(share: number, locale: string = english): string {
  const percent = share * 100
  return `${decimals(percent, percent >= 99.95 ? 0 : 1, locale)} %`
}

const sizes = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** Bytes in powers of 1000 with three digits at most: `214 B`, `18.4 kB`, `412 MB`, `1.3 GB`. */
export function formatBytes(bytes: number, locale: string = english): string {
  let value = Math.max(0, bytes)
  let unit = 0
  while (unit < sizes.length - 1 && roundTo(value, value < 99.95 && unit > 0 ? 1 : 0) >= 1000) {
    value /= 1000
    unit += 1
  }
  const digits = unit > 0 && value < 99.95 ? 1 : 0
  return `${decimals(value, digits, locale)} ${sizes[unit] ?? 'TB'}`
}

/** The memory of a process: whole megabytes, from 1 GB with one digit: `88 MB`, `1.3 GB`. */
export function formatMemory(bytes: number, locale: string = english): string {
  const megabytes = Math.max(0, bytes) / 1e6
  return Math.round(megabytes) < 1000
    ? `${formatNumber(megabytes, locale)} MB`
    : `${decimals(megabytes / 1000, 1, locale)} GB`
}

/** How far some bytes are along: `14.2 of 22.9 MB`; both in the unit of the whole. */
export function formatBytesOf(done: number, total: number, of: string): string {
  const whole = formatBytes(total)
  const unit = whole.slice(whole.lastIndexOf(' ') + 1)
  const power = Math.max(
    0,
    sizes.findIndex((size) => size === unit),
  )
  const value = done / 1000 ** power
  return `${decimals(value, power === 0 ? 0 : 1, english)} ${of} ${whole}`
}

/** A time that was measured, from milliseconds: `412 ms`, `1.2 s`, `42 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`. */
export function formatDuration(ms: number, locale: string = english): string {
  const value = Math.max(0, ms)
  if (value < 1) return value === 0 ? '0 ms' : '< 1 ms'
  if (Math.round(value) < 1000) return `${formatNumber(value, locale)} ms`
  if (value < 9_950) return `${decimals(value / 1000, 1, locale)} s`
  const seconds = Math.round(value / 1000)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return pair(Math.floor(seconds / 60), 'min', seconds % 60, 's')
  const minutes = Math.round(seconds / 60)
  if (minutes < 24 * 60) return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
  const hours = Math.round(minutes / 60)
  return pair(Math.floor(hours / 24), 'd', hours % 24, 'h')
}

/** A time in exact milliseconds, as beside a call: `388 ms`, `30,005 ms`. */
export function formatMilliseconds(ms: number, locale: string = english): string {
  return `${formatNumber(ms, locale)} ms`
}

/** A moment as a clock shows it: `12:04:31`, with milliseconds `12:04:31.480`. In the time zone of this computer. */
export function formatClock(at: number, withMilliseconds = false): string {
  const date = new Date(at)
  const text = [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':')
  return withMilliseconds ? `${text}.${String(date.getMilliseconds()).padStart(3, '0')}` : text
}

/** A moment in full, for a tooltip: `20 November 2026 at 12:04:31`, as the language writes it. */
export function formatMoment(at: number, locale: string = english): string {
  return dateFormat(locale, {
    dateStyle: 'long',
    timeStyle: 'medium',
    hourCycle: 'h23',
  }).format(at)
}

/** How long ago a moment was, in the largest unit that fits; `date` after a week, when the date says more. */
export type Ago =
  | { readonly unit: 's' | 'min' | 'h' | 'd'; readonly count: number }
  | { readonly unit: 'now' | 'date' }

/** How long before `now` a moment was. Under 5 s, and in the time to come, it is `now`. */
export function agoOf(at: number, now: number): Ago {
  const seconds = Math.floor((now - at) / 1000)
  if (seconds < 5) return { unit: 'now' }
  if (seconds < 60) return { unit: 's', count: seconds }
  if (seconds < 3600) return { unit: 'min', count: Math.floor(seconds / 60) }
  if (seconds < 86_400) return { unit: 'h', count: Math.floor(seconds / 3600) }
  if (seconds < 7 * 86_400) return { unit: 'd', count: Math.floor(seconds / 86_400) }
  return { unit: 'date' }
}

/** The date of a moment: `Nov 12, 2026`, as the language writes it. In the time zone of this computer. */
export function formatDate(at: number, locale: string = english): string {
  return dateFormat(locale, { dateStyle: 'medium' }).format(at)
}

function pair(first: number, firstUnit: string, rest: number, restUnit: string): string {
  return rest === 0 ? `${first} ${firstUnit}` : `${first} ${firstUnit} ${rest} ${restUnit}`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}

function roundTo(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}

function decimals(value: number, digits: number, locale: string): string {
  return numberFormat(locale, {
    maximumFractionDigits: digits,
    minimumFractionDigits: digits,
  }).format(value)
}

// Making a formatter costs a hundred times what using it does, and rows of a log use two each.
const numberFormats = new Map<string, Intl.NumberFormat>()
const dateFormats = new Map<string, Intl.DateTimeFormat>()

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  const made = numberFormats.get(key) ?? new Intl.NumberFormat(locale, options)
  numberFormats.set(key, made)
  return made
}

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  const made = dateFormats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  dateFormats.set(key, made)
  return made
}
