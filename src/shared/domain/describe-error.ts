import { assertNever } from '../lib/assert-never.ts'
import type { ErrorCode, ErrorData } from './errors.ts'

/** An error as a person reads it: what happened, why, and what to do next. */
export interface ErrorText {
  /** What happened, in a few words, without a full stop. */
  readonly title: string
  /** Why, in a sentence; may be empty. */
  readonly hint: string
  /** What to do next, in a sentence. */
  readonly action: string
}

/** The one text of every error code, for all faces. Pure; data that is missing reads as "unknown". */
export function describeError(code: ErrorCode, data: ErrorData): ErrorText {
  const text = (key: string, fallback = 'unknown'): string => {
    const value = data[key]
    if (value === undefined) return fallback
    return Array.isArray(value) ? value.join(', ') : String(value)
  }
  const list = (key: string): readonly string[] => {
    const value = data[key]
    return Array.isArray(value) ? value : []
  }
  const lastWords = list('stderr').at(-1)
  const printed =
    lastWords === undefined ? 'It printed nothing on stderr.' : `It printed last: ${lastWords}`

  switch (code) {
    case 'internal':
      return {
        title: 'Something unexpected went wrong',
        hint: text('reason', 'This is a fault in MCP Manager.'),
        action: `Please report it${'id' in data ? ` and quote ${text('id')}` : ''}.`,
      }
    case 'invalid_input':
      return {
        title: 'This cannot be used as it is',
        hint: text('reason'),
        action: 'Correct it and try again.',
      }
    case 'not_found':
      return {
        title: `There is no server named ${text('name')}`,
        hint: list('known').length === 0 ? '' : `Known servers: ${text('known')}.`,
        action: 'List the servers to see their names.',
      }
    case 'ambiguous_name':
      return {
        title: `Several servers are named ${text('name')}`,
        hint: `It could be: ${text('candidates')}.`,
        action: 'Write name@project, or the id.',
      }
    case 'name_taken':
      return {
        title: `The name ${text('name')} is taken`,
        hint: `Another server of scope ${text('scope')} has it.`,
        action: 'Choose another name.',
      }
    case 'not_runnable':
      return {
        title: 'This server cannot be run',
        hint: text('reason'),
        action: 'Edit it: give it a command, or a URL of type http or sse.',
      }
    case 'command_not_found':
      return {
        title: `The command ${text('command')} was not found`,
        hint:
          'path' in data
            ? `Looked in: ${text('path')}.`
            : 'The file, or the interpreter in its first line, does not exist.',
        action: 'Install it, or write its full path in the command.',
      }
    case 'directory_not_found':
      return {
        title: `The directory ${text('cwd')} does not exist`,
        hint: 'The server is to be started in it.',
        action: 'Create it, or change the directory of the server.',
      }
    case 'permission_denied':
      return {
        title: `${text('command')} may not be run`,
        hint: 'The file is there but is not executable for you.',
        action: 'Change its permissions (chmod +x), or choose another command.',
      }
    case 'config_invalid':
      return {
        title: 'The server is not set up correctly',
        hint: text('reason'),
        action: 'Edit the server.',
      }
    case 'variable_unset':
      return {
        title: `A variable has no value: ${text('names')}`,
        hint: 'The command, arguments, environment, headers or URL of the server use it.',
        action: 'Set it in your shell, or edit the server and write a value.',
      }
    case 'secret_missing':
      return {
        title: `A secret is missing: ${text('names')}`,
        hint: 'The server uses it, and the vault does not hold it.',
        action: 'Edit the server and give the value again, or import its file again.',
      }
    case 'vault_locked':
      return {
        title: 'The vault is locked',
        hint: text('reason', 'The key or passphrase does not open it.'),
        action:
          'Give the right passphrase, or set MCP_MANAGER_VAULT_KEY to the key it was made with.',
      }
    case 'vault_unavailable':
      return {
        title: 'There is no place to keep secrets',
        hint: text('reason', 'No system keychain answers, and no key for a vault file was given.'),
        action:
          'Unlock the system keychain, or set MCP_MANAGER_VAULT_KEY to 16 characters or more, or run the command in a terminal to give a passphrase.',
      }
    case 'spawn_failed':
      return {
        title: `${text('command', 'The command')} could not be started`,
        hint: text('reason'),
        action: 'Check the command and try it in a terminal.',
      }
    case 'login_shell_failed':
      return {
        title: 'Your login shell could not be asked for its environment',
        hint: `${text('shell')}: ${text('reason')} Servers start with the environment of MCP Manager, so a command that only your shell finds is missing.`,
        action: 'Look at the start-up files of your shell, then restart MCP Manager.',
      }
    case 'exited':
      return {
        title:
          'signal' in data
            ? `The process was ended by ${text('signal')}`
            : 'exitCode' in data
              ? `The process ended with code ${text('exitCode')}`
              : 'The server ended during the call',
        hint: printed,
        action: 'Read its log; then start it again.',
      }
    case 'handshake_timeout':
      return {
        title: `No handshake within ${text('seconds')} s`,
        hint: `The server started and did not answer. ${printed}`,
        action: 'Read its log. If it only needs longer, raise its start time-out.',
      }
    case 'handshake_failed':
      return {
        title: 'The handshake failed',
        hint: `${text('reason')} ${lastWords === undefined ? '' : printed}`.trim(),
        action: 'Check that the command starts an MCP server, and read its log.',
      }
    case 'auth_required':
      return {
        title: 'The server asks for a sign-in',
        hint: text('reason', 'It refused the request without valid credentials.'),
        action: 'Give a valid token in its headers.',
      }
    case 'unreachable':
      return {
        title: 'The server cannot be reached',
        hint: `${text('reason')}${'status' in data ? ` (HTTP ${text('status')})` : ''}`,
        action: 'Check its URL and your network.',
      }
    case 'protocol_error':
      return {
        title: 'The server answered something that is not valid MCP',
        hint: text('reason'),
        action: 'Read its log, and report it to the maintainers of the server.',
      }
    case 'message_too_large':
      return {
        title: 'The answer is too large',
        hint: text('reason'),
        action: 'Ask for less at once.',
      }
    case 'unresponsive':
      return {
        title: 'The server does not answer',
        hint: text('reason', 'It was asked for a sign of life and gave none.'),
        action: 'Restart it.',
      }
    case 'call_timeout':
      return {
        title: `${text('tool')} gave no answer within ${text('seconds')} s`,
        hint: 'It reported no progress either.',
        action: 'Try again, or raise the call time-out of the server.',
      }
    case 'call_cancelled':
      return { title: 'Cancelled', hint: '', action: 'Start it again when you want.' }
    case 'server_not_running':
      return {
        title: `${text('name')} is not running`,
        hint: `It is ${text('phase')}.`,
        action: 'Start it first.',
      }
    case 'tool_not_found':
      return {
        title: `${text('server')} has no tool named ${text('tool')}`,
        hint: list('known').length === 0 ? 'It offers no tools.' : `It has: ${text('known')}.`,
        action: 'Choose one of them.',
      }
    case 'rpc_error':
      return {
        title: `${text('server')} refused ${text('tool')}`,
        hint: `${text('reason')} (${text('rpcCode')})`,
        action: 'Check the arguments against the schema of the tool.',
      }
    case 'host_running':
      return {
        title: 'MCP Manager is already running on this data',
        hint: `Process ${text('pid')} at ${text('endpoint')}.`,
        action: 'Use it, or stop it with: mcp-manager down',
      }
    case 'host_not_running':
      return {
        title: 'MCP Manager is not running',
        hint: '',
        action: 'Start it with: mcp-manager serve',
      }
    case 'host_unreachable':
      return {
        title: 'The connection to MCP Manager broke',
        hint: text('reason'),
        action: 'Check with: mcp-manager status',
      }
    case 'port_in_use':
      return {
        title: `Port ${text('port')} is in use`,
        hint:
          'used' in data
            ? `MCP Manager listens on port ${text('used')} instead.`
            : 'Another program listens on it.',
        action:
          'used' in data
            ? 'End the other program and restart MCP Manager to get the port back.'
            : 'Choose another one with --port, or leave the option out.',
      }
    case 'state_corrupt':
      return {
        title: `${text('file')} was damaged`,
        hint: `It was kept as ${text('keptAs')}. ${
          'restoredFrom' in data
            ? `The last good copy (${text('restoredFrom')}) is in use.`
            : 'There was no good copy, so MCP Manager started with nothing in its place.'
        }`,
        action:
          'Check your servers. What is missing can be imported again or copied from the kept file.',
      }
    case 'state_read_only':
      return {
        title: `${text('file')} cannot be written`,
        hint: `The system says: ${text('reason')}.`,
        action:
          'Make the folder writable and check that the disk is not full. Nothing was changed.',
      }
    case 'file_unreadable':
      return {
        title: `${text('file')} cannot be read`,
        hint: text('reason'),
        action: 'Check the path and its permissions.',
      }
    case 'unauthorized':
      return {
        title: 'This is not allowed',
        hint: text('reason', 'The token or the link is not valid.'),
        action: 'Open a new link with: mcp-manager serve --open',
      }
    default:
      return assertNever(code)
  }
}

/** The error in one paragraph, for a terminal or a log. */
export function errorSentence(code: ErrorCode, data: ErrorData): string {
  const { title, hint, action } = describeError(code, data)
  return (
    [title, hint, action]
      .map((part) => part.trim())
      .filter((part) => part !== '')
      // Reasons come from other programs, some with a full stop and some without.
      .map((part) => (/[.!?:]$/.test(part) ? part : `${part}.`))
      .join(' ')
  )
}
