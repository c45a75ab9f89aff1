import { randomUUID } from 'node:crypto'
import { parseExternalReference } from '../../shared/domain/external-reference.ts'
import type { SecretName } from '../../shared/domain/ids.ts'
import type { Transport } from '../../shared/domain/server-definition.ts'
import { type Extraction, extractCredentials } from './extract-credentials.ts'
import { mapTransportTexts } from './map-transport-texts.ts'
import { meantReference, withMeantReferences } from './meant-reference.ts'

// As `meantReference`: the extraction takes every reference for a literal, as it must with files of others.
const nonce = randomUUID()
const maskedExternal = new RegExp(`^\\$\\{\\{${nonce} external (\\d+)\\}\\}$`)

/**
 * Takes literal credentials out of a transport, as `extractCredentials`, but leaves the references that a person means: to
 * secrets, and to elsewhere.
 */
export function extractBesideReferences(
  serverName: string,
  transport: Transport,
  names: {
    /** Whether a name cannot be given to a new secret. */
    readonly isTaken: (name: SecretName) => boolean
    /** Names in `env` or headers whose values a person wants in the vault. */
    readonly chosen: readonly string[]
  },
): Extraction {
  const external: string[] = []
  const masked = mapTransportTexts(transport, (_place, text) => {
    if (parseExternalReference(text) !== null) {
      external.push(text)
      return `\${{${nonce} external ${external.length - 1}}}`
    }
    return text.replace(/secret:\/\/([a-z0-9][a-z0-9._-]*)/g, (_whole, name: string) =>
      meantReference(name),
    )
  })
  const extraction = extractCredentials(serverName, masked, names.isTaken, new Set(names.chosen))
  return {
    ...extraction,
    transport: mapTransportTexts(extraction.transport, (_place, text) =>
      withMeantReferences(
        text.replace(maskedExternal, (whole, index: string) => external[Number(index)] ?? whole),
      ),
    ),
  }
}
