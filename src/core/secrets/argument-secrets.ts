import type { StdioTransport } from '../../shared/domain/server-definition.ts'
import { parseSegments } from '../config/variables/parse-references.ts'

/** A secret that a server gets as an argument, where every program of the machine can read it. */
export interface ArgumentSecret {
  /** Counts from 0. */
  readonly index: number
  /** The variable that the server takes it from as well; null where none is known. */
  readonly variable: string | null
  /** What to write in place of the argument; null where it is to be left out. */
  readonly instead: string | null
}

/** Flags of published servers that are variables too, by a part of what is run. Each is in its server's own documentation. */
const knownFlags: readonly {
  readonly program: RegExp
  readonly flag: string
  readonly variable: string
}[] = [
  { program: /@upstash\/context7-mcp/, flag: '--api-key', variable: 'CONTEXT7_API_KEY' },
  { program: /figma-developer-mcp/, flag: '--figma-api-key', variable: 'FIGMA_API_KEY' },
  {
    program: /@supabase\/mcp-server-supabase/,
    flag: '--access-token',
    variable: 'SUPABASE_ACCESS_TOKEN',
  },
  { program: /@stripe\/mcp/, flag: '--api-key', variable: 'STRIPE_SECRET_KEY' },
  { program: /@sentry\/mcp-server/, flag: '--access-token', variable: 'SENTRY_ACCESS_TOKEN' },
  {
    program: /mongodb-mcp-server/,
    flag: '--connectionString',
    variable: 'MDB_MCP_CONNECTION_STRING',
  },
]

const container = /(?:^|[\\/])(?:docker|podman|nerdctl)(?:\.exe)?$/
/** `NAME=value` of `-e` and `--env`, the flag with it or before it. */
const containerVariable = /^(?:-e|--env)?=?([A-Za-z_]\w*)=/

/**
 * The arguments that are filled in with a secret at launch. An argument can be read by every program of the machine for as long
 * as the server runs, which the environment cannot. Pure.
 */
export function argumentSecrets(
  { command, args }: StdioTransport,
  dialect: Parameters<typeof parseSegments>[0],
): readonly ArgumentSecret[] {
  const program = [command, ...args].join(' ')
  return args.flatMap((arg, index) => {
    if (!holdsSecret(arg, dialect)) return []
    const previous = args[index - 1] ?? ''
    const name = container.test(command) ? containerVariable.exec(arg)?.[1] : undefined
    if (name !== undefined && (arg.startsWith('-') || /^(?:-e|--env)$/.test(previous))) {
      // A container takes the variable over from the environment of the command that starts it.
      return { index, variable: name, instead: arg.startsWith('-') ? `--env=${name}` : name }
    }
    const known = knownFlags.find(
      (one) =>
        one.program.test(program) && (previous === one.flag || arg.startsWith(`${one.flag}=`)),
    )
    return { index, variable: known?.variable ?? null, instead: null }
  })
}

/** Whether a text is filled in with a secret at launch. Pure. */
export function holdsSecret(text: string, dialect: Parameters<typeof parseSegments>[0]): boolean {
  return parseSegments(dialect, text).some(({ kind }) => kind === 'secret' || kind === 'external')
}

/** What a person should know of it, as a sentence. Pure. */
export function argumentSecretText({ index, variable, instead }: ArgumentSecret): string {
  const what = `Argument ${index + 1} holds a secret, which other programs on this machine can read while the server runs.`
  if (variable === null) return what
  return instead === null
    ? `${what} Give it in the environment variable ${variable} instead, and leave the argument out.`
    : `${what} Give it in the environment variable ${variable} instead, and write ${instead} as the argument.`
}
