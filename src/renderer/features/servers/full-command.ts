import type { Transport } from '../../../shared/domain/server-definition.ts'
import { assertNever } from '../../../shared/lib/assert-never.ts'
import { commandText, quoteStyle } from '../../ui/shell-quote.ts'

/** What a definition runs or connects to, in one line and in full, with references to secrets as they stand. */
export function fullCommand(transport: Transport): string {
  switch (transport.type) {
    case 'stdio':
      return commandText(transport.command, transport.args, quoteStyle())
    case 'http':
    case 'sse':
      return transport.url
    case 'ws':
    case 'unknown':
      return transport.url ?? transport.reason
    default:
      return assertNever(transport)
  }
}
