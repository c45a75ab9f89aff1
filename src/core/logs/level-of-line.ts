import type { LogLevel } from '../../shared/domain/log-line.ts'
import { isRecord } from '../../shared/lib/json.ts'

/** The level stands near the beginning; what comes later is the message. */
const headLength = 300

// oxlint-disable-next-line no-control-regex -- the escape character is what a terminal's colours begin with
const colours = /\u001b\[[0-9;]*[A-Za-z]/g

/** A word in upper case, in brackets, as `level=word`, or at the beginning before a colon or a space, as loggers write it. */
function levelWord(words: string): RegExp {
  const upper = words.toUpperCase()
  return new RegExp(
    `(?<![A-Za-z0-9_])(?:${upper})(?![A-Za-z0-9_])|[[(<](?:${words})[\\])>]|\\b(?:level|lvl|severity)["']?[=:]\\s*["']?(?:${words})\\b|^(?:\\S+ )?(?:${words}):`,
    // No "i": in a sentence, "no error was found" is not one.
  )
}

const errorWord = levelWord('error|err|fatal|critical|crit|panic|emerg|alert|severe')
const warnWord = levelWord('warning|warn')
const debugWord = levelWord('debug|trace|verbose|dbg|silly')
const infoWord = levelWord('info|information|notice|log')
const thrown =
  /^(?:Uncaught )?(?:[A-Za-z_$][\w$.]*(?:Error|Exception|Fault|Panic)\b(?:\s\[|:|$)|Traceback \(most recent call last\)|panic: |thread '.*' panicked|Segmentation fault|npm (?:ERR!|error)|fatal: |[Ee]rror: )/
const warned =
  /^(?:npm (?:WARN|warn)|[Ww]arning: |\(node:\d+\) (?:\w+)?Warning: |\S+:\d+: \w*Warning: )/
/** glog and klog: a letter and the date, `E1120 13:30:15.042`. */
const glog = /^([EWIDF])\d{4} \d\d:\d\d/

/**
 * Guesses the level of a line that a server printed: from the `level` of a JSON line (words, and pino's numbers), from a level
 * word where loggers put one, or from the form in which runtimes print exceptions. `info` where nothing tells.
 */
export function levelOfLine(text: string): LogLevel {
  const line = text.slice(0, headLength).replace(colours, '').trimStart()
  if (line.startsWith('{')) {
    const level = levelOfJson(text)
    if (level !== null) return level
  }
  const letter = glog.exec(line)?.[1]
  if (letter !== undefined) return letter === 'I' ? 'info' : (levelOfName(letter) ?? 'info')
  if (thrown.test(line)) return 'error'
  if (warned.test(line)) return 'warn'
  const found: readonly (readonly [LogLevel, number])[] = [
    ['error', line.search(errorWord)],
    ['warn', line.search(warnWord)],
    ['debug', line.search(debugWord)],
    ['info', line.search(infoWord)],
  ]
  // The first one is the level; a later one belongs to the message: "INFO retrying after ERROR 503".
  const first = found.filter(([, at]) => at >= 0).toSorted((a, b) => a[1] - b[1])[0]
  return first?.[0] ?? 'info'
}

function levelOfJson(text: string): LogLevel | null {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    // Not JSON after all: the caller goes on with the text.
    return null
  }
  if (!isRecord(json)) return null
  const level = json['level'] ?? json['severity'] ?? json['lvl'] ?? json['levelname'] ?? json['@l']
  if (typeof level === 'string') return levelOfName(level)
  // https://github.com/pinojs/pino/blob/main/docs/api.md#level-string: trace 10, debug 20, info 30, warn 40, error 50, fatal 60.
  if (typeof level !== 'number') return null
  if (level >= 50) return 'error'
  if (level >= 40) return 'warn'
  return level >= 30 ? 'info' : 'debug'
}

function levelOfName(name: string): LogLevel | null {
  if (/^(?:e|f|err|fatal|crit|panic|emerg|alert|severe|dpanic)/i.test(name)) return 'error'
  if (/^w/i.test(name)) return 'warn'
  if (/^(?:d|trace|verbose|silly|fine)/i.test(name)) return 'debug'
  return /^(?:i|notice|log)/i.test(name) ? 'info' : null
}
