import * as z from 'zod'
import { type SecretName, secretNameSchema } from '../../shared/domain/ids.ts'
import type { JsonValue } from '../../shared/lib/json.ts'
import type { SecretVault } from '../secrets/secret-vault.ts'
import { parseJson } from './parse-json.ts'

/** Windows takes 2560 bytes for one entry of its keychain, and an access token alone can be longer. */
const maxPartLength = 1_900

const headSchema = z.union([
  z.object({ value: z.unknown() }).refine((head) => head.value !== undefined),
  z.object({ generation: z.enum(['a', 'b']), parts: z.number().int().positive() }),
])
type Head = z.infer<typeof headSchema>

/** Keeps JSON values in a vault that may be too long for one entry of it. */
export class LongSecrets {
  readonly #vault: Pick<SecretVault, 'get' | 'set' | 'delete'>

  constructor(vault: Pick<SecretVault, 'get' | 'set' | 'delete'>) {
    this.#vault = vault
  }

  /** The value, or undefined where there is none, or not all of it. */
  async get(name: SecretName): Promise<unknown> {
    const head = await this.#head(name)
    if (head === null) return undefined
    if ('value' in head) return head.value
    let text = ''
    for (let index = 0; index < head.parts; index += 1) {
      const part = await this.#vault.get(partName(name, head.generation, index))
      if (part === null) return undefined
      text += part
    }
    return parseJson(text)
  }

  /** Stores a value as one step: until its last entry is written the earlier one stays, and is dropped only after it. */
  async set(name: SecretName, value: JsonValue): Promise<void> {
    const before = await this.#head(name)
    const old = before !== null && 'parts' in before ? before : null
    const generation = old?.generation === 'a' ? 'b' : 'a'
    const whole = asciiJson({ value })
    if (whole.length <= maxPartLength) {
      await this.#vault.set(name, whole)
    } else {
      const parts = asciiJson(value).match(partPattern) ?? []
      for (const [index, part] of parts.entries()) {
        await this.#vault.set(partName(name, generation, index), part)
      }
      await this.#vault.set(name, JSON.stringify({ generation, parts: parts.length }))
    }
    if (old !== null) await this.#dropParts(name, old.generation, old.parts)
  }

  /** Removes a value with all that a kill may have left of it. */
  async delete(name: SecretName): Promise<void> {
    await this.#vault.delete(name)
    for (const generation of ['a', 'b'] as const) {
      await this.#dropParts(name, generation, await this.#countParts(name, generation))
    }
  }

  async #head(name: SecretName): Promise<Head | null> {
    const value = await this.#vault.get(name)
    const parsed = headSchema.safeParse(value === null ? null : parseJson(value))
    return parsed.success ? parsed.data : null
  }

  async #countParts(name: SecretName, generation: 'a' | 'b'): Promise<number> {
    for (let count = 0; ; count += 1) {
      if ((await this.#vault.get(partName(name, generation, count))) === null) return count
    }
  }

  /** The last one first: what a kill leaves can be counted from the first on. */
  async #dropParts(name: SecretName, generation: 'a' | 'b', parts: number): Promise<void> {
    for (let index = parts - 1; index >= 0; index -= 1) {
      await this.#vault.delete(partName(name, generation, index))
    }
  }
}

const partPattern = new RegExp(`[^]{1,${maxPartLength}}`, 'g')

/** JSON in which each character is one byte, so that its length can be counted and cut. */
function asciiJson(value: JsonValue): string {
  return JSON.stringify(value).replace(
    /[^\0-~]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function partName(name: SecretName, generation: 'a' | 'b', index: number): SecretName {
  return secretNameSchema.parse(`${name}.${generation}${index}`)
}
