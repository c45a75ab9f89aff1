const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const

/**
 * The moment that a person means: a span back from now (`90s`, `15m`, `1h`, `2d`, `1w`), a time of today (`12:04`,
 * `12:04:31.480`; of yesterday where today's is still to come), or a date with or without a time (`2026-11-20T12:04`).
 * In milliseconds since the Unix epoch; null where it is none of these. Pure, in the time zone of this computer.
 */
export function parseMoment(written: string, now: number): number | null {
  const text = written.trim()
  const span = /^(\d+(?:\.\d+)?)([smhdw])$/.exec(text)
  if (span !== null) {
    const unit = Object.entries(units).find(([name]) => name === span[2])?.[1]
    return unit === undefined ? null : now - Number(span[1]) * unit
  }
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?$/.exec(text)
  if (clock !== null) {
    const [, hours, minutes, seconds = '0', fraction = '0'] = clock.map((part) => part ?? '0')
    if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null
    const date = new Date(now)
    date.setHours(Number(hours), Number(minutes), Number(seconds), Number(fraction.padEnd(3, '0')))
    if (date.getTime() > now) date.setDate(date.getDate() - 1)
    return date.getTime()
  }
  if (!/^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?Z?)?$/.test(text)) return null
  // A date alone would be read as UTC.
  const at = new Date(text.length === 10 ? `${text}T00:00` : text.replace(' ', 'T')).getTime()
  return Number.isNaN(at) ? null : at
}

/** A moment as `parseMoment` reads it, as short as today allows: `12:04:31.480`, or with its date. Pure. */
export function formatMomentToken(at: number, now: number): string {
  const date = new Date(at)
  const ms = date.getMilliseconds()
  const clock =
    [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':') +
    (ms === 0 ? '' : `.${String(ms).padStart(3, '0')}`)
  const isToday = new Date(now).toDateString() === date.toDateString() && at <= now
  if (isToday) return clock
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${clock}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
