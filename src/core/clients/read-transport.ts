import type { Transport } from '../../shared/domain/server-definition.ts'
import { wholeCommandLine } from './command-line.ts'
import type { EntryFields } from './entry-fields.ts'
import type { EntryTraits } from './entry-traits.ts'
import {
  type FoundCommand,
  findCommand,
  type Report,
  readArgs,
  readStringMap,
} from './read-values.ts'
import { stringOf } from './syntax/syntax-tree.ts'
import { inferredRemote, type NamedTransport, namedTransport } from './transport-spelling.ts'

/** How a server is reached, and how its file spells that; `rawType` is null where the transport was inferred. */
export interface ReadTransport {
  readonly transport: Transport
  readonly rawType: string | null
}

/**
 * Reads how a server is reached. Where the named type and what is there contradict each other, what is there wins and a
 * problem says so. Where neither a program nor an address is there, the transport is `unknown` with a reason.
 */
export function readTransport(
  fields: EntryFields,
  traits: EntryTraits,
  report: Report,
): ReadTransport {
  const { key: typeKey, spelling, named } = readType(fields, report)
  // A type that contradicts the rest is not used, so that it stays among the keys that are kept as they are.
  const usedType = (): string | null => {
    if (typeKey !== null) fields.use(typeKey)
    return spelling
  }
  const command = findCommand(fields, traits.commandKeys, report)
  const address = findAddress(fields, traits)
  const isRemoteNamed = named !== null && named !== 'stdio'

  if (command !== null && (address === null || !isRemoteNamed)) {
    if (isRemoteNamed) {
      report(
        fields.at,
        'The type says that this is a remote server, but there is a command and no url. It was taken as a local program; correct the type.',
      )
    } else if (address !== null) {
      report(
        fields.positionOf(address.key),
        `There is both a command and "${address.key}". The command was taken; remove one of the two.`,
      )
    }
    const transport = readStdio(fields, traits, command, report)
    return { transport, rawType: isRemoteNamed ? null : usedType() }
  }
  if (address !== null) {
    fields.use(address.key)
    if (command !== null) {
      report(
        fields.at,
        'There is both a command and a url. The url was taken, as the type says; remove the command.',
      )
    }
    if (named === 'stdio') {
      report(
        fields.at,
        'The type says that this is a local program, but there is a url and no command. It was taken as a remote server; correct the type.',
      )
    }
    const type = isRemoteNamed ? named : (address.implies ?? inferredRemote(address.url))
    const transport = readRemote(fields, traits, type, address.url, report)
    return { transport, rawType: isRemoteNamed ? usedType() : null }
  }
  const transport = readUnknown(fields, traits, named, report)
  return { transport, rawType: transport.type === 'ws' ? usedType() : null }
}

interface NamedType {
  readonly key: string | null
  readonly spelling: string | null
  readonly named: NamedTransport | null
}

function readType(fields: EntryFields, report: Report): NamedType {
  for (const key of ['type', 'transport', 'transportType']) {
    const spelling = stringOf(fields.peek(key))
    if (spelling === undefined) continue
    const named = namedTransport(spelling)
    if (named !== null) return { key, spelling, named }
    report(
      fields.positionOf(key),
      `"${key}" names a transport that is not known. It was told from the other keys; use "stdio", "http" or "sse".`,
    )
  }
  return { key: null, spelling: null, named: null }
}

function findAddress(
  fields: EntryFields,
  traits: EntryTraits,
): { key: string; url: string; implies: 'http' | 'sse' | null } | null {
  for (const { key, implies } of traits.urlKeys) {
    const node = fields.peek(key)
    if (node?.kind !== 'scalar' || typeof node.value !== 'string') continue
    const url = node.value.trim()
    if (url !== '') return { key, url, implies }
  }
  return null
}

function readStdio(
  fields: EntryFields,
  traits: EntryTraits,
  { key, command, leadingArgs }: FoundCommand,
  report: Report,
): Transport {
  fields.use(key)
  const args = [...leadingArgs, ...readArgs(fields, report)]
  if (args.length === 0 && wholeCommandLine(command) !== null) {
    report(
      fields.at,
      'The command holds a whole command line. It was kept as it stands; put the program into "command" and the other words into "args".',
    )
  }
  const cwd = fields.takeString('cwd')
  const envFile = fields.takeString('envFile')
  return {
    type: 'stdio',
    command,
    args,
    env: readStringMap(fields, traits.envKeys, 'Environment variable', report),
    cwd: cwd === undefined || cwd.trim() === '' ? null : cwd,
    envFile: envFile === undefined || envFile.trim() === '' ? null : envFile,
  }
}

function readRemote(
  fields: EntryFields,
  traits: EntryTraits,
  type: 'http' | 'sse' | 'ws',
  url: string,
  report: Report,
): Transport {
  const headers = readStringMap(fields, traits.headerKeys, 'Header', report)
  if (type === 'ws') {
    report(
      fields.at,
      'This server is reached by WebSocket, for which MCP defines no transport. It is shown but cannot run; ask its maker for a Streamable HTTP address.',
    )
    const reason = 'It is reached by WebSocket, for which MCP defines no transport.'
    return { type, url, headers, reason }
  }
  return { type, url, headers, headersHelper: fields.takeString('headersHelper') ?? null }
}

function readUnknown(
  fields: EntryFields,
  traits: EntryTraits,
  named: NamedTransport | null,
  report: Report,
): Transport {
  const headers = readStringMap(fields, traits.headerKeys, 'Header', report)
  const link = fields.takeString('link')
  const [reason, advice] = missingReason(fields, traits, named, link)
  report(fields.at, `${reason} It is shown but cannot run; ${advice}`)
  return { type: named === 'ws' ? 'ws' : 'unknown', url: link ?? null, headers, reason }
}

function missingReason(
  fields: EntryFields,
  traits: EntryTraits,
  named: NamedTransport | null,
  link: string | undefined,
): [reason: string, advice: string] {
  if (link !== undefined) {
    return [
      'It has a "link" and neither a command nor a url.',
      'if the link is the address of the server, rename it to "url".',
    ]
  }
  if (fields.peek('command') !== undefined || fields.peek('cmd') !== undefined) {
    return ['Its command is empty.', 'name the program to run in "command".']
  }
  if (named !== null && named !== 'stdio') {
    return ['Its url is missing or empty.', 'give the address of the server in "url".']
  }
  if (traits.withoutAddress !== undefined) {
    return [traits.withoutAddress.reason, traits.withoutAddress.advice]
  }
  return [
    'It has neither a command nor a url.',
    'give it a "command" to run or the "url" of the server.',
  ]
}
