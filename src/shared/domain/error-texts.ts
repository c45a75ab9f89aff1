import type { ErrorCode } from './errors.ts'

/**
 * The English texts of the error codes; a translation has the same keys. Placeholders are named after the error's data;
 * `printed` is one of the two texts of that name.
 *
 * - `<code>.title`, `.hint` and `.action`: see `ErrorText`. An empty hint is none.
 * - `<code>.<part>.<datum>` stands in for it where the error has that datum; the first that applies is taken.
 * - `<code>.<datum>.<value>` fills that placeholder where the datum has that value: a word for programs.
 * - `<code>.<datum>.default` fills that placeholder where the error does not have the datum; else `unknown` does.
 */
export const errorTexts = {
  unknown: 'unknown',
  'printed.nothing': 'It printed nothing on stderr.',
  'printed.last': 'It printed last: {{line}}',

  'internal.title': 'Something unexpected went wrong',
  'internal.hint': '{{reason}}',
  'internal.reason.default': 'This is a fault in MCP Manager.',
  'internal.action': 'Please report it.',
  'internal.action.id': 'Please report it and quote {{id}}.',

  'invalid_input.title': 'This cannot be used as it is',
  'invalid_input.hint': '{{reason}}',
  'invalid_input.action': 'Correct it and try again.',

  'not_found.title': 'There is no server named {{name}}',
  'not_found.hint': '',
  'not_found.hint.known': 'Known servers: {{known}}.',
  'not_found.action': 'List the servers to see their names.',

  'ambiguous_name.title': 'Several servers are named {{name}}',
  'ambiguous_name.hint': 'It could be: {{candidates}}.',
  'ambiguous_name.action': 'Write name@project, or the id.',

  'name_taken.title': 'The name {{name}} is taken',
  'name_taken.hint': 'Another server of scope {{scope}} has it.',
  'name_taken.action': 'Choose another name.',

  'not_runnable.title': 'This server cannot be run',
  'not_runnable.hint': '{{reason}}',
  'not_runnable.action': 'Edit it: give it a command, or a URL of type http or sse.',

  'command_not_found.title': 'The command {{command}} was not found',
  'command_not_found.hint': 'The file, or the interpreter in its first line, does not exist.',
  'command_not_found.hint.path': 'Looked in: {{path}}.',
  'command_not_found.action': 'Install it, or write its full path in the command.',

  'directory_not_found.title': 'The directory {{cwd}} does not exist',
  'directory_not_found.hint': 'The server is to be started in it.',
  'directory_not_found.action': 'Create it, or change the directory of the server.',

  'permission_denied.title': '{{command}} may not be run',
  'permission_denied.hint': 'The file is there but is not executable for you.',
  'permission_denied.action': 'Change its permissions (chmod +x), or choose another command.',

  'config_invalid.title': 'The server is not set up correctly',
  'config_invalid.hint': '{{reason}}',
  'config_invalid.action': 'Edit the server.',

  'variable_unset.title': 'A variable has no value: {{names}}',
  'variable_unset.hint':
    'The command, arguments, environment, headers or URL of the server use it.',
  'variable_unset.action': 'Set it in your shell, or edit the server and write a value.',

  'input_missing.title': 'It asks for a value: {{inputs}}',
  'input_missing.hint':
    'VS Code would ask you for it. Here it is given once and kept in the vault.',
  'input_missing.action':
    'Give it once in the window, or with: mcp-manager edit {{name}} --input ID=-',

  'secret_missing.title': 'A secret is missing: {{names}}',
  'secret_missing.hint': 'The server uses it, and the vault does not hold it.',
  'secret_missing.action':
    'Give it a value on the page Secrets or with mcp-manager secrets set NAME, or import its file again.',

  'secret_not_found.title': 'There is no secret named {{name}}',
  'secret_not_found.hint': '',
  'secret_not_found.hint.known': 'Known secrets: {{known}}.',
  'secret_not_found.action': 'List the secrets with: mcp-manager secrets',

  'reference_unresolved.title': '{{reference}} has no value',
  'reference_unresolved.hint': '{{reason}}',
  'reference_unresolved.hint.detail': '{{reason}} It said: {{detail}}',
  'reference_unresolved.hint.known': '{{reason}} It has: {{known}}.',
  'reference_unresolved.reason.env_unset':
    'Neither your login shell nor MCP Manager has this variable.',
  'reference_unresolved.reason.empty': 'It is empty.',
  'reference_unresolved.reason.too_long': 'It is longer than 128 KB.',
  'reference_unresolved.reason.binary': 'It is not text.',
  'reference_unresolved.reason.too_slow': 'It did not end within 60 s.',
  'reference_unresolved.reason.file_missing': 'The file does not exist.',
  'reference_unresolved.reason.file_denied': 'MCP Manager may not read the file.',
  'reference_unresolved.reason.op_missing': 'The command line of 1Password (op) was not found.',
  'reference_unresolved.reason.vault_no_address': 'VAULT_ADDR is not set to a URL.',
  'reference_unresolved.reason.vault_not_tls':
    'VAULT_ADDR does not begin with https: the token would cross the network in clear.',
  'reference_unresolved.reason.vault_no_token':
    'There is no token: VAULT_TOKEN is not set, and ~/.vault-token and the secret hashicorp-vault.token do not exist.',
  'reference_unresolved.reason.vault_not_found': 'Vault has no such secret.',
  'reference_unresolved.reason.vault_denied': 'Vault refused the token for this path.',
  'reference_unresolved.reason.vault_redirects':
    'Vault answered with a redirect, and the token is not sent elsewhere.',
  'reference_unresolved.reason.vault_not_kv2': 'The answer is not one of the KV engine, version 2.',
  'reference_unresolved.reason.vault_no_key': 'The secret does not have this key.',
  'reference_unresolved.action': 'Correct the reference in the server, or give the value itself.',
  'reference_unresolved.action.variable':
    'Set {{variable}} in your shell and restart MCP Manager, or edit the server.',
  'reference_unresolved.action.file': 'Check {{file}}, or edit the server.',
  'reference_unresolved.action.onePassword':
    'Check that op is installed and signed in: op read "{{reference}}"',
  'reference_unresolved.action.address':
    'Check VAULT_ADDR, VAULT_NAMESPACE, VAULT_TOKEN and the path in the server.',

  'reference_unreachable.title': '{{reference}} cannot be reached',
  'reference_unreachable.hint': '{{address}}: {{reason}}',
  'reference_unreachable.action': 'Check VAULT_ADDR and your network.',

  'command_not_allowed.title': '{{name}} takes a secret from a command that waits for your consent',
  'command_not_allowed.hint': '{{command}}',
  'command_not_allowed.action':
    'Read it and allow it on the page Secrets, or with: mcp-manager secrets allow {{name}}',

  'vault_locked.title': 'The vault is locked',
  // Of a vault that is open: who wanted to change its passphrase gave another current one.
  'vault_locked.title.current': 'The passphrase was not changed',
  'vault_locked.hint': '{{reason}}',
  'vault_locked.hint.current': 'The current passphrase is wrong.',
  'vault_locked.reason.default': 'The key or passphrase does not open it.',
  'vault_locked.reason.key_missing': 'Its passphrase has not been given yet.',
  'vault_locked.reason.wrong_key': 'This passphrase or key is wrong.',
  'vault_locked.reason.no_answer': 'The system keychain gave no answer: it may be waiting for you.',
  'vault_locked.reason.keychain_locked': 'The system keychain is locked.',
  'vault_locked.action.keychain':
    'Unlock the system keychain and try again. Servers that wait for it then start by themselves.',
  'vault_locked.action':
    'Give the right passphrase, or set MCP_MANAGER_VAULT_KEY to the key it was made with.',

  'vault_unavailable.title': 'There is no place to keep secrets',
  'vault_unavailable.hint': '{{reason}}',
  'vault_unavailable.reason.default':
    'No system keychain answers, and no key for a vault file was given.',
  'vault_unavailable.action':
    'Unlock the system keychain, or set MCP_MANAGER_VAULT_KEY to 16 characters or more, or run the command in a terminal to give a passphrase.',

  'spawn_failed.title': '{{command}} could not be started',
  'spawn_failed.command.default': 'The command',
  'spawn_failed.hint': '{{reason}}',
  'spawn_failed.action': 'Check the command and try it in a terminal.',

  'login_shell_failed.title': 'Your login shell could not be asked for its environment',
  'login_shell_failed.hint':
    '{{shell}}: {{reason}} Servers start with the environment of MCP Manager, so a command that only your shell finds is missing.',
  'login_shell_failed.action':
    'Look at the start-up files of your shell, then restart MCP Manager.',

  'exited.title': 'The server ended during the call',
  'exited.title.signal': 'The process was ended by {{signal}}',
  'exited.title.exitCode': 'The process ended with code {{exitCode}}',
  'exited.hint': '{{printed}}',
  'exited.action': 'Read its log; then start it again.',

  'handshake_timeout.title': 'No handshake within {{seconds}} s',
  'handshake_timeout.hint': 'The server started and did not answer. {{printed}}',
  'handshake_timeout.action': 'Read its log. If it only needs longer, raise its start time-out.',

  'handshake_failed.title': 'The handshake failed',
  'handshake_failed.hint': '{{reason}}',
  'handshake_failed.hint.stderr': '{{reason}} {{printed}}',
  'handshake_failed.action': 'Check that the command starts an MCP server, and read its log.',
  'handshake_failed.action.address': 'Check that its URL is the one of an MCP server.',

  'auth_required.title': 'The server asks for a sign-in',
  'auth_required.hint': '{{reason}}',
  'auth_required.reason.default': 'It refused the request without valid credentials.',
  'auth_required.hint.scope': '{{reason}} It asks for: {{scope}}.',
  'auth_required.reason.no_account': 'Nobody is signed in to it.',
  'auth_required.reason.expired': 'The sign-in has expired and cannot be renewed.',
  'auth_required.reason.refused_renewal':
    'The authorization server does not renew the sign-in any more.',
  'auth_required.reason.refused_token': 'It does not accept the sign-in any more.',
  'auth_required.reason.scope': 'The sign-in does not allow enough.',
  'auth_required.reason.still_missing':
    'It asks for permissions again that were asked for at the sign-in.',
  'auth_required.action': 'Give a valid token in its headers.',
  'auth_required.action.signIn': 'Sign in with: mcp-manager login {{signIn}}',

  'sign_in_failed.title': 'The sign-in failed',
  'sign_in_failed.hint': '{{reason}}',
  'sign_in_failed.hint.detail': '{{reason}} ({{detail}})',
  'sign_in_failed.reason.no_authorization_server':
    'The server does not name an authorization server.',
  'sign_in_failed.reason.bad_metadata':
    'The server describes its sign-in in a form that cannot be used.',
  'sign_in_failed.reason.issuer_mismatch':
    'The authorization server says that it is another one, so it cannot be trusted.',
  'sign_in_failed.reason.issuer_changed':
    'The server names another authorization server than the one that its client was registered for.',
  'sign_in_failed.reason.resource_mismatch':
    'The server describes another resource than itself, so it cannot be trusted.',
  'sign_in_failed.reason.insecure_address':
    'An address of the sign-in is not https, so others could read along.',
  'sign_in_failed.reason.address_refused':
    'An address of the sign-in leads into a private network that the server itself is not in.',
  'sign_in_failed.reason.redirect_refused':
    'An address of the sign-in redirects to another server, which was not asked.',
  'sign_in_failed.reason.too_large': 'The answer of the authorization server is too large.',
  'sign_in_failed.reason.too_slow': 'The authorization server did not answer in time.',
  'sign_in_failed.reason.unreachable': 'The authorization server cannot be reached.',
  'sign_in_failed.reason.no_pkce':
    'The authorization server does not support PKCE with S256, without which a sign-in is not safe.',
  'sign_in_failed.reason.no_client':
    'The authorization server takes registered clients only, and registers none by itself.',
  'sign_in_failed.reason.registration_refused':
    'The authorization server refused to register this program.',
  'sign_in_failed.reason.port_in_use': 'The port of the redirect address is in use.',
  'sign_in_failed.reason.bad_response': 'This is not the answer to the sign-in that was begun.',
  'sign_in_failed.reason.code_alone':
    'The authorization server names itself in its answer, so the whole address is needed, not the code alone.',
  'sign_in_failed.reason.denied': 'The authorization server refused.',
  'sign_in_failed.reason.token_refused': 'The authorization server gave no token.',
  'sign_in_failed.reason.nobody_came': 'Nobody signed in before the time was up.',
  'sign_in_failed.action': 'Try again; if it stays so, ask whoever runs the server.',
  'sign_in_failed.action.client':
    'Register a client there by hand and give its id: mcp-manager login {{client}} --client-id ID',

  'unreachable.title': 'The server cannot be reached',
  'unreachable.hint': '{{reason}}',
  'unreachable.hint.status': '{{reason}} (HTTP {{status}})',
  'unreachable.action': 'Check that its URL is right, that it runs, and your network.',

  'protocol_error.title': 'The server answered something that is not valid MCP',
  'protocol_error.hint': '{{reason}}',
  'protocol_error.action': 'Read its log, and report it to the maintainers of the server.',

  'message_too_large.title': 'The answer is too large',
  'message_too_large.hint': '{{reason}}',
  'message_too_large.action': 'Ask for less at once.',

  'unresponsive.title': 'The server does not answer',
  'unresponsive.hint': '{{reason}}',
  'unresponsive.reason.default': 'It was asked for a sign of life and gave none.',
  'unresponsive.action': 'Restart it.',

  'above_ceiling.title': 'It is above its ceiling',
  'above_ceiling.title.memory': 'Its processes use {{memory}} of memory; the ceiling is {{limit}}',
  'above_ceiling.title.cpu': 'Its processes use {{cpu}} of a core; the ceiling is {{limit}}',
  'above_ceiling.hint': '',
  'above_ceiling.action': 'Restart it, or give it a higher ceiling.',

  'call_timeout.title': '{{tool}} gave no answer within {{seconds}} s',
  'call_timeout.title.prompt': 'The prompt {{prompt}} gave no answer within {{seconds}} s',
  'call_timeout.title.uri': 'The resource {{uri}} gave no answer within {{seconds}} s',
  'call_timeout.hint': 'It reported no progress either.',
  'call_timeout.action': 'Try again, or raise the call time-out of the server.',

  'call_cancelled.title': 'Cancelled',
  'call_cancelled.hint': '',
  'call_cancelled.action': 'Start it again when you want.',

  'server_not_running.title': '{{name}} is not running',
  'server_not_running.hint': 'Its state: {{phase}}.',
  'server_not_running.hint.reason': 'Its state: {{phase}}. {{reason}}',
  'server_not_running.phase.backoff': 'waits for its next try',
  'server_not_running.action': 'See its status for why, then start it.',

  'tool_not_found.title': '{{server}} has no tool named {{tool}}',
  'tool_not_found.hint': 'It offers no tools.',
  'tool_not_found.hint.known': 'It has: {{known}}.',
  'tool_not_found.action': 'Choose one of them.',

  'prompt_not_found.title': '{{server}} has no prompt named {{prompt}}',
  'prompt_not_found.hint': 'It offers no prompts.',
  'prompt_not_found.hint.known': 'It has: {{known}}.',
  'prompt_not_found.action': 'Choose one of them.',

  'resource_not_found.title': '{{server}} has no resource {{uri}}',
  'resource_not_found.hint': '{{reason}}',
  'resource_not_found.action': 'Check the address, or choose one of those that it lists.',

  'rpc_error.title': '{{server}} refused {{tool}}',
  'rpc_error.title.prompt': '{{server}} refused the prompt {{prompt}}',
  'rpc_error.title.uri': '{{server}} refused to read {{uri}}',
  'rpc_error.hint': '{{reason}} ({{rpcCode}})',
  'rpc_error.action': 'Check the arguments against the schema of the tool.',
  'rpc_error.action.prompt': 'Check the arguments of the prompt.',
  'rpc_error.action.uri': 'Check the address of the resource.',

  'host_running.title': 'MCP Manager is already running on this data',
  'host_running.hint': 'Process {{pid}} at {{endpoint}}.',
  'host_running.action': 'Use it, or stop it with: mcp-manager down',

  'host_not_running.title': 'MCP Manager is not running',
  'host_not_running.hint': '',
  'host_not_running.action': 'Start it with: mcp-manager serve',

  'host_unreachable.title': 'The connection to MCP Manager broke',
  'host_unreachable.hint': '{{reason}}',
  'host_unreachable.action': 'Check with: mcp-manager status',

  'port_in_use.title': 'Port {{port}} is in use',
  'port_in_use.hint': 'Another program listens on it.',
  'port_in_use.hint.used': 'MCP Manager listens on port {{used}} instead.',
  'port_in_use.action': 'Choose another one with --port, or leave the option out.',
  'port_in_use.action.used': 'End the other program and restart MCP Manager to get the port back.',

  'state_corrupt.title': '{{file}} was damaged',
  'state_corrupt.hint':
    'It was kept as {{keptAs}}. There was no good copy, so MCP Manager started with nothing in its place.',
  'state_corrupt.hint.restoredFrom':
    'It was kept as {{keptAs}}. In its place MCP Manager took {{restoredFrom}}.',
  'state_corrupt.restoredFrom.defaults': 'nothing, for there was no good copy',
  'state_corrupt.action':
    'Check your servers. What is missing can be imported again or copied from the kept file.',

  'state_read_only.title': '{{file}} cannot be written',
  'state_read_only.hint': 'The system says: {{reason}}.',
  'state_read_only.hint.writeProtected': 'The file is write-protected.',
  'state_read_only.action.writeProtected': 'Allow writing to the file. Nothing was changed.',
  'state_read_only.action':
    'Make the folder writable and check that the disk is not full. Nothing was changed.',

  'file_unreadable.title': '{{file}} cannot be read',
  'file_unreadable.hint': '{{reason}}',
  'file_unreadable.action': 'Check the path and its permissions.',
  'file_unreadable.title.damaged': '{{file}} cannot be read as a whole',
  'file_unreadable.hint.damaged': 'Its syntax is broken, so secrets in it may have been missed.',
  'file_unreadable.action.damaged': 'Correct it and look again.',
  'file_unreadable.title.repeated': '{{file}} has keys that stand more than once',
  'file_unreadable.hint.repeated':
    'Its client reads the last one only, and so were secrets in the others not looked for.',
  'file_unreadable.action.repeated': 'Remove the others.',

  'file_changed.title': '{{file}} has changed meanwhile',
  'file_changed.hint': 'It was left as it is.',
  'file_changed.hint.places': 'It was left as it is: the reference is gone from {{places}}.',
  'file_changed.action': 'Look for secrets in it again.',
  'file_changed.action.places':
    'Put these values back by hand; they are in the vault, on the page Secrets.',

  'unauthorized.title': 'This is not allowed',
  'unauthorized.hint': '{{reason}}',
  'unauthorized.reason.default': 'The token or the link is not valid.',
  'unauthorized.action': 'Open a new link with: mcp-manager serve --open',

  'not_desktop.title': 'Only the desktop application can do this',
  'not_desktop.hint': 'This page is in a browser.',
  'not_desktop.action': 'Open the desktop application.',
} as const satisfies Record<`${ErrorCode}.${'title' | 'hint' | 'action'}`, string> &
  Record<string, string>

/** A key of the texts of errors. */
export type ErrorTextKey = keyof typeof errorTexts
