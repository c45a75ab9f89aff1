import type { ServerId } from '../../shared/domain/ids.ts'
import type { DefinitionPlace } from '../../shared/domain/machine.ts'
import type { Dialect, StdioTransport } from '../../shared/domain/server-definition.ts'
import { wholeCommandLine } from '../clients/command-line.ts'
import { parseSegments } from '../config/variables/parse-references.ts'
import { knownPackageOf } from './known-packages.ts'
import { type Program, programsOf } from './programs-of.ts'

/** A stdio server that is defined somewhere, prepared for being recognised. It may hold credentials: it never leaves the core. */
export interface KnownDefinition {
  readonly name: string
  /** Null: it is in files only. */
  readonly serverId: ServerId | null
  readonly places: readonly DefinitionPlace[]
  /** The same for definitions that run the same. May hold credentials. */
  readonly identity: string
  readonly programs: readonly { readonly key: string; readonly args: readonly Pattern[] }[]
}

/** What an argument begins and ends with around its references; `whole` where there is none. */
type Pattern = { readonly whole: string } | { readonly start: string; readonly end: string }

/** Prepares a definition. Pure. */
export function knownDefinition(
  server: {
    readonly name: string
    readonly project: string | null
    readonly dialect: Dialect
    readonly transport: StdioTransport
  },
  serverId: ServerId | null,
  places: readonly DefinitionPlace[],
): KnownDefinition {
  const { transport, dialect } = server
  const line = transport.args.length === 0 ? wholeCommandLine(transport.command) : null
  const words = [line?.command ?? transport.command, ...(line?.args ?? transport.args)]
  const named = programsOf({ args: words, cwd: transport.cwd ?? server.project })
    .filter(({ isLoose }) => isLoose !== true)
    .map(({ key, args }) => ({ key, args: args.map((arg) => patternOf(dialect, arg)) }))
  const programs = named.some(saysEnough) || knownPackageOf(named) !== null ? named : []
  return {
    name: server.name,
    serverId,
    places,
    identity: JSON.stringify(named[0] ?? words),
    programs,
  }
}

/** A command by its name alone, or one that came with the system: `git`, `/usr/bin/psql`. */
const commonCommand =
  /^bin:|^path:(?:\/(?:usr\/(?:local\/)?)?s?bin|\/opt\/homebrew\/bin|[a-z]:\/windows)\//i

/** Whether it tells a server from whatever else a person runs: `git ${ARGS}` would be every `git` with one argument. */
function saysEnough({ key, args }: { readonly key: string; readonly args: readonly Pattern[] }) {
  const isFree = (pattern: Pattern) => 'start' in pattern && pattern.start + pattern.end === ''
  return args.length === 0 || !args.every(isFree) || !commonCommand.test(key)
}

/** Definitions by what they run, for finding those that a process may be of. */
export class DefinitionIndex {
  readonly #byKey = new Map<
    string,
    { readonly at: number; readonly definition: KnownDefinition }[]
  >()

  constructor(definitions: readonly KnownDefinition[]) {
    for (const [at, definition] of definitions.entries()) {
      for (const { key } of definition.programs) {
        const found = this.#byKey.get(key)
        if (found === undefined) this.#byKey.set(key, [{ at, definition }])
        else found.push({ at, definition })
      }
    }
  }

  /** The definitions that run one of these programs with the same arguments, in their order. */
  find(programs: readonly Program[]): readonly KnownDefinition[] {
    const found = programs
      .flatMap(({ key }) => this.#byKey.get(key) ?? [])
      .filter(({ definition }) => isRunBy(definition, programs))
      .toSorted((a, b) => a.at - b.at)
    return [...new Set(found.map(({ definition }) => definition))]
  }
}

function isRunBy(definition: KnownDefinition, programs: readonly Program[]): boolean {
  return definition.programs.some(({ key, args }) =>
    programs.some(
      (program) =>
        program.key === key &&
        program.args.length === args.length &&
        args.every((pattern, index) => fits(pattern, program.args[index] ?? '')),
    ),
  )
}

function patternOf(dialect: Dialect, arg: string): Pattern {
  const segments = parseSegments(dialect, arg)
  const isFixed = segments.every(({ kind }) => kind === 'text')
  if (isFixed) return { whole: arg }
  const first = segments[0]
  const last = segments.at(-1)
  return {
    start: first?.kind === 'text' ? first.text : '',
    end: last?.kind === 'text' ? last.text : '',
  }
}

function fits(pattern: Pattern, arg: string): boolean {
  if ('whole' in pattern) return pattern.whole === arg
  const { start, end } = pattern
  return arg.length >= start.length + end.length && arg.startsWith(start) && arg.endsWith(end)
}
