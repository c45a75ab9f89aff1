import { createInterface } from 'node:readline/promises'
import { AppError } from '../shared/domain/errors.ts'
import type { Pair } from './parse-pairs.ts'

/** True where a person can be asked: both ends of the question are a terminal. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY
}

/** Asks for a passphrase, twice for a new vault. Empty where the person gives none. Throws `invalid_input` where the two differ. */
export async function askPassphrase(isNew: boolean, question = 'Passphrase: '): Promise<string> {
  const first = await askHidden(question)
  if (!isNew || first === '') return first
  if ((await askHidden('Again: ')) !== first) {
    throw new AppError('invalid_input', { reason: 'The two passphrases differ.' })
  }
  return first
}

/** Reads one line from the terminal without showing it. Throws `call_cancelled` on Ctrl-C. */
export async function askHidden(question: string): Promise<string> {
  const { stdin } = process
  // Before the question: whoever types at once must not see it either.
  stdin.setRawMode(true)
  process.stderr.write(question)
  stdin.setEncoding('utf8')
  stdin.resume()
  try {
    return await new Promise<string>((resolve, reject) => {
      let typed = ''
      const onData = (text: string) => {
        for (const char of text) {
          if (char === '\r' || char === '\n' || char === '\u0004') {
            stdin.off('data', onData)
            resolve(typed)
            return
          }
          if (char === '\u0003') {
            stdin.off('data', onData)
            reject(new AppError('call_cancelled'))
            return
          }
          typed = char === '\u007F' || char === '\b' ? typed.slice(0, -1) : typed + char
        }
      }
      stdin.on('data', onData)
    })
  } finally {
    stdin.setRawMode(false)
    stdin.pause()
    process.stderr.write('\n')
  }
}

/** Asks a question that only `y` or `yes` affirms. */
export async function askYes(question: string): Promise<boolean> {
  return /^y(es)?$/i.test(await askLine(`${question} [y/N] `))
}

/** Reads one line from the terminal, without the space around it. */
export async function askLine(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return (await lines.question(question)).trim()
  } finally {
    lines.close()
  }
}

/**
 * The values that were not typed as arguments: asked for at a terminal without showing them, else one line of stdin for each,
 * in their order. Throws `invalid_input` where stdin has too few.
 */
export async function readValues(pairs: readonly Pair[]): Promise<ReadonlyMap<Pair, string>> {
  const missing = pairs.filter((pair) => pair.value === null)
  const values = new Map<Pair, string>()
  if (canAsk()) {
    for (const pair of missing) values.set(pair, await askHidden(`${pair.name}: `))
  } else if (missing.length > 0) {
    const lines = (await readStdin()).split(/\r?\n/)
    for (const [index, pair] of missing.entries()) {
      const line = lines[index] ?? ''
      if (line === '') {
        throw new AppError('invalid_input', { reason: `stdin has no line for ${pair.name}.` })
      }
      values.set(pair, line)
    }
  }
  return values
}

/** All of stdin, without its last line end. */
export async function readStdin(): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '')
}
