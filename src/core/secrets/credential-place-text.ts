import { assertNever } from '../../shared/lib/assert-never.ts'
import type { CredentialPlace } from './credential-place.ts'

/** Where a credential stands, for a person: the name of its variable or header, or for example `argument 3`. */
export function credentialPlaceText(place: CredentialPlace): string {
  switch (place.kind) {
    case 'env':
    case 'header':
      return place.key
    case 'arg':
      return `argument ${place.index + 1}`
    case 'command':
      return 'command'
    case 'cwd':
      return 'directory'
    case 'envFile':
      return 'environment file'
    case 'url':
      return 'URL'
    case 'headersHelper':
      return 'headers helper'
    default:
      return assertNever(place)
  }
}
