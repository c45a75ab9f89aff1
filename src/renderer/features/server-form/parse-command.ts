import { splitWords } from '../../../shared/lib/split-words.ts'
import { parseEnvLines, parseHeaderLines } from './pasted-pairs.ts'
import type { SnippetServer } from './snippet-server.ts'

/** What a pasted command says: a server, or JSON that names one. */
export type ParsedCommand =
  | { readonly kind: 'server'; readonly server: SnippetServer }
  | { readonly kind: 'json'; readonly json: string; readonly name: string | null }

/**
 * Reads a command line: one that a client would be given to add a server (`claude mcp add`, `codex mcp add`,
 * `gemini mcp add`, `claude mcp add-json`, `code --add-mcp`), or the command of the server itself, with variables before it
 * where there are some. An address alone is a remote server. Null where a quote is never closed. Pure.
 */
export function parseCommand(text: string): ParsedCommand | null {
  const words = splitWords(
    text
      .replace(/^\s*[$>]\s+/, '')
      // A line that goes on in the next one, in a POSIX shell, in cmd and in PowerShell.
      .replace(/[\\^`]\r?\n/g, ' '),
  )
  if (words === null) return null
  const [program = '', second, third] = words
  if (second === 'mcp' && (third === 'add' || third === 'add-json')) {
    const rest = words.slice(3)
    return third === 'add' ? parseAdd(rest) : parseAddJson(rest)
  }
  if (/^code(?:-insiders)?$/.test(program) && second === '--add-mcp') {
    return { kind: 'json', json: words.slice(2).join(' '), name: null }
  }
  return { kind: 'server', server: serverOf(null, words, {}, {}, null) }
}

function parseAddJson(words: readonly string[]): ParsedCommand {
  const [name = null, ...json] = withoutOptions(words)
  return { kind: 'json', json: json.join(' '), name }
}

/** `add [options] <name> [options] [--] <command or url> [args…]`: options stand before the command only. */
function parseAdd(words: readonly string[]): ParsedCommand {
  const env: Record<string, string> = {}
  const headers: Record<string, string> = {}
  const plain: string[] = []
  let type: string | null = null
  let index = 0
  const next = () => words[(index += 1)] ?? ''
  // A command's own options follow it; an address has none, so what follows is still of `add`.
  for (; index < words.length && (plain.length < 2 || isAddress(plain[1])); index += 1) {
    const word = words[index] ?? ''
    if (word === '--') {
      plain.push(...words.slice(index + 1))
      index = words.length
    } else if (/^(?:-e|--env)$/.test(word)) {
      // It takes one or more.
      do {
        for (const pair of parseEnvLines(next()) ?? []) env[pair.name] = pair.value
      } while (/^[A-Za-z_]\w*=/.test(words[index + 1] ?? ''))
    } else if (/^(?:-H|--header)$/.test(word)) {
      do {
        for (const pair of parseHeaderLines(next()) ?? []) headers[pair.name] = pair.value
      } while (/^[\w-]+:\s/.test(words[index + 1] ?? ''))
    } else if (/^(?:-t|--transport)$/.test(word)) {
      type = next()
    } else if (word === '--url') {
      plain.push(next())
    } else if (optionWithValue.test(word)) {
      next()
    } else if (!word.startsWith('-')) {
      plain.push(word)
    }
  }
  plain.push(...words.slice(index))
  const [name = null, ...command] = plain
  return { kind: 'server', server: serverOf(name, command, env, headers, type) }
}

function isAddress(word: string | undefined): boolean {
  return word !== undefined && /^https?:\/\//i.test(word)
}

const optionWithValue = /^(?:-s|--scope|--timeout|--description|--include-tools|--exclude-tools)$/

function withoutOptions(words: readonly string[]): string[] {
  return words.filter(
    (word, index) => !word.startsWith('-') && !optionWithValue.test(words[index - 1] ?? ''),
  )
}

function serverOf(
  name: string | null,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
  type: string | null,
): SnippetServer {
  const [first = ''] = words
  if (isAddress(first) && type !== 'stdio') {
    const isSse = type === null ? /\/sse\/?(?:\?|$)/.test(first) : type === 'sse'
    return {
      name,
      transport: {
        type: isSse ? 'sse' : 'http',
        url: first,
        headers: { ...headers },
        headersHelper: null,
      },
    }
  }
  const start = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word))
  const before = words.slice(0, start === -1 ? words.length : start)
  const [command = '', ...args] = start === -1 ? [] : words.slice(start)
  const own = before.flatMap((word) => parseEnvLines(word) ?? [])
  return {
    name,
    transport: {
      type: 'stdio',
      command,
      args,
      env: { ...env, ...Object.fromEntries(own.map((pair) => [pair.name, pair.value])) },
      cwd: null,
      envFile: null,
    },
  }
}
