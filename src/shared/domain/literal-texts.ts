import type { CredentialReason, KeptReason, Resolver } from './literals.ts'

/**
 * The English texts about literal credentials; a translation has the same keys. `reason.<reason>` is why one was found,
 * `kept.<reason>` why it stays, `resolver.<resolver>` who fills in its reference.
 */
export const literalTexts = {
  'reason.foreign_reference': 'reads like a reference',
  'reason.known_format': 'the form in which a service issues credentials',
  'reason.secret_name': 'its name',
  'reason.auth_scheme': 'it follows an authentication scheme',
  'reason.url_user': 'the user of a URL',
  'reason.url_password': 'the password of a URL',
  'reason.url_query': 'a parameter of a URL',
  'reason.url_path': 'a random part of a URL',
  'reason.opaque': 'it looks random',
  'reason.chosen': 'you said so',
  'kept.takes_literally': 'The client fills in no references: it takes every value as it stands.',
  'kept.unknown_client': 'It is not known which client reads this file, nor what it would fill in.',
  'kept.other_key': 'It is not known that the client fills in references here.',
  'kept.in_reference':
    'It is the default of a reference, and no client fills in one within another.',
  'kept.part_of_value': 'The client names a variable for a whole value only, and this is a part.',
  'kept.not_located': 'It cannot be told for sure where in the file it stands.',
  'kept.damaged': 'The syntax of the file is broken. Correct it first.',
  'kept.not_text': 'The file is no UTF-8, so writing it would change more than this.',
  'resolver.variable': 'The client reads it from the environment variable {{key}}.',
  'resolver.prompt': 'The client asks for it once, and keeps it. Paste it from the page Secrets.',
  'resolver.vault': 'MCP Manager fills it in when the server starts.',
} as const satisfies Record<`reason.${CredentialReason}`, string> &
  Record<`kept.${KeptReason}`, string> &
  Record<`resolver.${Resolver}`, string>
