import { splitWords } from '../../shared/lib/split-words.ts'
import { programName } from './program-name.ts'

/** What a command line comes to once all that only starts something else is taken off. */
export interface Program {
  /**
   * What runs: `npm:NAME`, `py:NAME`, `image:NAME`, `module:NAME`, `path:PATH`, or `bin:NAME` for a command by its name. Versions
   * are left out.
   */
  readonly key: string
  readonly args: readonly string[]
  /** Only the last part of a path: a process that is called so may be what a definition names, but it is no definition itself. */
  readonly isLoose?: true
}

/** A command line, and what helps to read it. */
export interface CommandInput {
  readonly args: readonly string[]
  /** The file behind the link that the script argument is; null where it is none, or not known. */
  readonly script?: string | null
  readonly cwd?: string | null
}

/** How deep launchers may stand in each other. */
const maxDepth = 6

const shells = new Set(['sh', 'bash', 'zsh', 'dash', 'fish', 'ksh'])
const scriptRunners = new Set([
  'node',
  'nodejs',
  'bun',
  'deno',
  'tsx',
  'ts-node',
  'python',
  'python3',
  'pythonw',
  'ruby',
  'java',
])

/**
 * The programs that a command line runs, under each name by which a definition may call it: `npx -y pkg@1 a` is
 * `npm:pkg` with `a`, and so is `node /x/node_modules/pkg/index.js a`. Empty where it cannot be told. Pure; works on Windows'
 * and POSIX paths alike.
 */
export function programsOf(
  { args, script = null, cwd = null }: CommandInput,
  depth = 0,
): readonly Program[] {
  const [command, ...rest] = args
  if (command === undefined || command === '' || depth > maxDepth) return []
  const again = (words: readonly string[], folder = cwd) =>
    programsOf({ args: words, cwd: folder }, depth + 1)
  const name = programName(command)
  if (shells.has(name)) return inShell(rest, again)
  switch (name) {
    case 'cmd': {
      const at = rest.findIndex((arg) => /^\/[ck]$/i.test(arg))
      return at < 0 ? [] : again(wordsOf(rest.slice(at + 1)))
    }
    case 'env': {
      const at = rest.findIndex((arg) => !/^[A-Za-z_]\w*=/.test(arg) && !arg.startsWith('-'))
      return at < 0 ? [] : again(rest.slice(at))
    }
    case 'npx':
    case 'bunx':
      return ofPackage('npm', rest)
    case 'npm':
    case 'pnpm':
    case 'yarn':
      return /^(?:exec|x|dlx)$/.test(rest[0] ?? '') ? ofPackage('npm', rest.slice(1)) : []
    case 'uvx':
    case 'pipx':
      return ofPackage('py', name === 'pipx' && rest[0] === 'run' ? rest.slice(1) : rest)
    case 'uv':
      return ofUv(rest, again)
    case 'docker':
    case 'podman':
    case 'nerdctl':
      return ofContainer(rest)
    default:
  }
  if (scriptRunners.has(name) || /^python[\d.]*$/.test(name))
    return ofScript(name, rest, script, cwd)
  if (!/[/\\]/.test(command)) return [{ key: `bin:${name}`, args: rest }]
  return [...pathPrograms(command, rest, cwd), { key: `bin:${name}`, args: rest, isLoose: true }]
}

function inShell(rest: readonly string[], again: (words: readonly string[]) => readonly Program[]) {
  const at = rest.findIndex((arg) => /^-[a-z]*c$/.test(arg))
  if (at < 0) return []
  const line = (rest[at + 1] ?? '').replace(/^exec\s+/, '')
  // More than one command is none that can be told.
  return /[;&|\n]/.test(line) ? [] : again(splitWords(line) ?? [])
}

function wordsOf(rest: readonly string[]): readonly string[] {
  return rest.length === 1 ? (splitWords(rest[0] ?? '') ?? []) : rest
}

const packageOptions =
  /^(?:-p|--package|--from|--with|--python|-c|--call|--index-url|--spec|--registry)$/

/** `npx [-y] [-p PACKAGE] NAME ARGS`, `uvx [--from PACKAGE] NAME ARGS`. */
function ofPackage(system: 'npm' | 'py', rest: readonly string[]): readonly Program[] {
  let from: string | null = null
  let at = 0
  for (; at < rest.length; at += 1) {
    const arg = rest[at] ?? ''
    if (!arg.startsWith('-')) break
    if (arg === '--') {
      at += 1
      break
    }
    const given = /^(?:--package|--from|--spec)=(.*)$/.exec(arg)?.[1]
    if (given !== undefined) from = given
    else if (packageOptions.test(arg)) {
      at += 1
      if (/^(?:-p|--package|--from|--spec)$/.test(arg)) from = rest[at] ?? null
    }
  }
  const called = rest[at]
  if (called === undefined) return []
  const args = rest.slice(at + 1)
  const names = new Set([bareName(called), ...(from === null ? [] : [bareName(from)])])
  const last = bareName(called).split('/').at(-1) ?? ''
  const isCommand = from !== null || system === 'py'
  return [
    ...[...names].map((name) => ({ key: `${system}:${name}`, args })),
    ...(isCommand && last !== '' ? [{ key: `bin:${last}`, args }] : []),
  ]
}

/** A package without version, extras and underscores: PyPI takes `_` and `-` for the same (PEP 503). */
function bareName(spec: string): string {
  return spec
    .replace(/^npm:/, '')
    .replace(/(?<=.)@[^/]*$/, '')
    .replace(/\[.*$|[=<>~!].*$/, '')
    .toLowerCase()
    .replaceAll('_', '-')
}

function ofUv(
  rest: readonly string[],
  again: (words: readonly string[], folder?: string) => readonly Program[],
): readonly Program[] {
  const valued =
    /^(?:--directory|--project|--with|--with-editable|--python|-p|--env-file|--extra|--group|--index|--index-url|--cache-dir|--config-file)$/
  const words = [...rest]
  let folder: string | undefined
  const skip = () => {
    while (words[0]?.startsWith('-') === true) {
      if (words[0] === '--directory') folder = words[1]
      words.splice(0, valued.test(words[0]) ? 2 : 1)
    }
  }
  skip()
  const verb = words.shift()
  // `uvx` replaces itself by `uv tool uvx`.
  if (verb === 'tool')
    return /^(?:run|uvx)$/.test(words[0] ?? '') ? ofPackage('py', words.slice(1)) : []
  if (verb !== 'run') return []
  skip()
  const [called] = words
  if (called === undefined) return []
  return again(called.endsWith('.py') ? ['python', ...words] : words, folder)
}

const containerOptions =
  /^(?:-[eevplwuhmc]|--(?:env|env-file|volume|mount|name|publish|network|net|workdir|user|entrypoint|platform|label|add-host|memory|cpus|pull|restart|gpus|device|security-opt|cap-add|cap-drop|tmpfs|ulimit|hostname|dns|log-driver|runtime|shm-size|ipc|pid|userns|cidfile|expose|link|group-add|annotation|stop-signal|stop-timeout|label-file|log-opt))$/

function ofContainer(rest: readonly string[]): readonly Program[] {
  const start = rest[0] === 'container' ? 1 : 0
  if (rest[start] !== 'run') return []
  let at = start + 1
  while (rest[at]?.startsWith('-') === true) at += containerOptions.test(rest[at] ?? '') ? 2 : 1
  const image = rest[at]
  if (image === undefined) return []
  const name = image
    .replace(/@sha256:.*$/, '')
    .replace(/:[^/:]*$/, '')
    .replace(/^docker\.io\/(?:library\/)?/, '')
  return [{ key: `image:${name}`, args: rest.slice(at + 1) }]
}

const runnerOptions =
  /^(?:-r|--require|--import|--loader|--env-file|-X|-W|--inspect-port|-C|--conditions|-c|--config)$/

function ofScript(
  runner: string,
  rest: readonly string[],
  real: string | null,
  cwd: string | null,
): readonly Program[] {
  let at = 0
  if (/^(?:deno|bun)$/.test(runner) && /^(?:run|x)$/.test(rest[0] ?? '')) {
    if (rest[0] === 'x') return ofPackage('npm', rest.slice(1))
    at = 1
  }
  for (; rest[at]?.startsWith('-') === true; at += 1) {
    const arg = rest[at] ?? ''
    if (arg === '-m' && runner.startsWith('python')) {
      const module = rest[at + 1]
      const args = rest.slice(at + 2)
      return module === undefined
        ? []
        : [
            { key: `module:${module}`, args },
            { key: `py:${bareName(module)}`, args },
          ]
    }
    if (arg === '-jar' && runner === 'java') break
    // A program that stands in the command line has no name.
    if (/^(?:-e|-p|--eval|--print)$/.test(arg) || (arg === '-c' && runner.startsWith('python')))
      return []
    if (runnerOptions.test(arg)) at += 1
  }
  if (rest[at] === '-jar') at += 1
  const script = rest[at]
  if (script === undefined) return []
  const args = rest.slice(at + 1)
  const name = programName(script)
  // npm and npx are scripts of Node.
  if (/^npx(?:-cli\.js)?$/.test(name)) return ofPackage('npm', args)
  if (/^npm(?:-cli\.js)?$/.test(name)) {
    return /^(?:exec|x)$/.test(args[0] ?? '') ? ofPackage('npm', args.slice(1)) : []
  }
  if (script.startsWith('npm:')) return [{ key: `npm:${bareName(script)}`, args }]
  const files = real === null || real === script ? [script] : [real, script]
  return [
    ...files.flatMap((file) => packageOfPath(file).map((key) => ({ key, args }))),
    ...files.flatMap((file) => pathPrograms(file, args, cwd)),
    { key: `bin:${name.replace(/\.(?:[cm]?[jt]s|py)$/, '')}`, args, isLoose: true },
  ]
}

/** The npm package that a file is of, by the last `node_modules` in its path. */
function packageOfPath(file: string): readonly string[] {
  const parts: string[] = []
  for (const part of file.split(/[/\\]/)) {
    if (part === '..') parts.pop()
    else parts.push(part)
  }
  const at = parts.lastIndexOf('node_modules')
  const [scope = '', name = ''] = at < 0 ? [] : parts.slice(at + 1)
  if (scope === '' || scope.startsWith('.')) return []
  return [`npm:${bareName(scope.startsWith('@') ? `${scope}/${name}` : scope)}`]
}

/** By its whole path; none where that is not known. */
function pathPrograms(
  file: string,
  args: readonly string[],
  cwd: string | null,
): readonly Program[] {
  const isWhole = /^(?:[/~\\]|[A-Za-z]:[/\\])/.test(file)
  if (!isWhole && cwd === null) return []
  const whole = isWhole ? file : `${cwd}/${file.replace(/^\.[/\\]/, '')}`
  return [{ key: `path:${whole.replaceAll('\\', '/')}`, args }]
}
