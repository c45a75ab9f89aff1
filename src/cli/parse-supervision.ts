import { type Command, InvalidArgumentError, Option } from 'commander'
import {
  maxCpuPercent,
  maxGraceMs,
  maxIdleStopMs,
  type ResourceLimits,
  type RestartPolicy,
  type StartPolicy,
  type Supervision,
} from '../shared/domain/supervision.ts'

/** What can be said of how a server is kept up. Null takes back what was set. */
export interface SupervisionOptions {
  readonly restart?: RestartPolicy
  readonly start?: StartPolicy
  readonly idleStop?: number | null
  readonly stopGrace?: Supervision['stopGrace']
  readonly memoryLimit?: number | null
  readonly cpuLimit?: number | null
  readonly onLimit?: ResourceLimits['onExceeded']
}

/** Adds the options of `add` and `edit` for how a server is kept up. */
export function withSupervisionOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--restart <policy>', 'when it ends by itself, start it again').choices([
        'always',
        'on-failure',
        'never',
      ]),
    )
    .addOption(
      new Option('--start <when>', 'when it starts, once it is switched on').choices([
        'with-host',
        'on-demand',
      ]),
    )
    .option(
      '--idle-stop <time>',
      'stop it when unused for so long: 90s, 10m, 2h; or never',
      idleStop,
    )
    .option(
      '--stop-grace <seconds,seconds>',
      'time to end after its input is closed, and after SIGTERM; or default',
      stopGrace,
    )
    .option('--memory-limit <size>', 'memory ceiling: 500MB, 2GB; or none', memoryLimit)
    .option('--cpu-limit <percent>', 'CPU ceiling, 100 is one core; or none', cpuLimit)
    .addOption(
      new Option('--on-limit <action>', 'above a ceiling: warn, or warn and then restart').choices([
        'warn',
        'restart',
      ]),
    )
}

/** How a server is kept up after a command: what is not said stays. Pure. */
export function changeSupervision(before: Supervision, options: SupervisionOptions): Supervision {
  return {
    restart: options.restart ?? before.restart,
    start: options.start ?? before.start,
    idleStopMs: given(options.idleStop, before.idleStopMs),
    stopGrace: options.stopGrace ?? before.stopGrace,
    limits: {
      memoryBytes: given(options.memoryLimit, before.limits.memoryBytes),
      cpuPercent: given(options.cpuLimit, before.limits.cpuPercent),
      onExceeded: options.onLimit ?? before.limits.onExceeded,
    },
  }
}

function given(option: number | null | undefined, before: number | null): number | null {
  return option === undefined ? before : option
}

const unitMs: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

/** A time such as `90s`, `10m`, `2h` or `1d`, in milliseconds; null for `never`. */
export function idleStop(text: string): number | null {
  if (text === 'never') return null
  const match = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text)
  const ms = Math.round(Number(match?.[1]) * (unitMs[match?.[2] ?? ''] ?? Number.NaN))
  if (ms >= 1_000 && ms <= maxIdleStopMs) return ms
  throw new InvalidArgumentError('It has to be a time from 1s to 7d, such as 10m, or never.')
}

/** Two numbers of seconds, of which each may be `default`; one word `default` means both. */
export function stopGrace(text: string): Supervision['stopGrace'] {
  if (text === 'default') return { stdinMs: null, termMs: null }
  const [stdinMs, termMs, more] = text.split(',').map(graceMs)
  if (stdinMs === undefined || termMs === undefined || more !== undefined) {
    throw new InvalidArgumentError('It has to be two numbers of seconds, such as 5,2; or default.')
  }
  return { stdinMs, termMs }
}

function graceMs(text: string): number | null {
  if (text.trim() === 'default') return null
  const ms = Math.round(Number(text) * 1_000)
  if (text.trim() !== '' && ms >= 0 && ms <= maxGraceMs) return ms
  throw new InvalidArgumentError(
    `Each has to be a number of seconds from 0 to ${maxGraceMs / 1_000}, or default.`,
  )
}

const unitBytes: Readonly<Record<string, number>> = { KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 }

/** A size such as `500MB` or `1.5GB` in bytes, in powers of 1000; null for `none`. */
export function memoryLimit(text: string): number | null {
  if (text === 'none') return null
  const match = /^(\d+(?:\.\d+)?)\s*([kmgt]b)$/i.exec(text)
  const bytes = Math.round(
    Number(match?.[1]) * (unitBytes[match?.[2]?.toUpperCase() ?? ''] ?? Number.NaN),
  )
  if (bytes >= 1 && bytes <= Number.MAX_SAFE_INTEGER) return bytes
  throw new InvalidArgumentError('It has to be a size such as 500MB or 1.5GB, or none.')
}

/** Percent of one core, such as `150` or `150%`; null for `none`. */
export function cpuLimit(text: string): number | null {
  if (text === 'none') return null
  const percent = Number(text.replace(/%$/, ''))
  if (percent > 0 && percent <= maxCpuPercent) return percent
  throw new InvalidArgumentError(
    `It has to be a number above 0 and at most ${maxCpuPercent}, or none.`,
  )
}
