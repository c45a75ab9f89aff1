import { errorTexts } from '../../../shared/domain/error-texts.ts'

/** The texts of errors; those that speak of a command line are said as a person at the window would do it. */
export const errors = {
  ...errorTexts,
  'not_found.title': 'This server is no longer there',
  'not_found.hint': 'It was removed, here or from a terminal.',
  'not_found.action': 'Choose another one.',
  'input_missing.action': 'Give it once; the server starts with it.',
  'secret_missing.action': 'Give it a value on the page Secrets, or import its file again.',
  'command_not_allowed.title': 'It takes a secret from a command that waits for your consent',
  'command_not_allowed.action': 'Read the command and allow it, on the page Secrets.',
  'vault_locked.action': 'Once it is unlocked, the servers that wait for it start by themselves.',
  'vault_unavailable.action':
    'Unlock the keychain of the system, or choose a passphrase: an encrypted file keeps them then.',
  'host_unreachable.action': 'The page connects again by itself.',
  'unauthorized.action': 'Open a new link: run “mcp-manager serve --open” in a terminal.',
} as const
