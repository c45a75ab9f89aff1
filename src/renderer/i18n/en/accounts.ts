/** The texts of features/accounts. */
export const accounts = {
  title: 'Sign in to {{name}}',
  text: 'The server’s own page asks who you are. MCP Manager keeps the tokens in the vault.',
  step: {
    discover: 'Looking for where to sign in…',
    register: 'Making MCP Manager known there…',
    authorize: 'Waiting for you to sign in in the browser.',
    exchange: 'Fetching the tokens…',
  },
  at: 'Sign-in page',
  asksFor: 'Asks for',
  open: 'Open the sign-in page',
  copy: 'Copy its address',
  paste: 'Address the browser ended at',
  pasteHint:
    'Only needed where the browser runs on another machine and its last page does not load: paste that page’s address here.',
  send: 'Use it',
  cancel: 'Cancel',
  again: 'Try again',
  done: 'Signed in to {{name}}.',
} as const
