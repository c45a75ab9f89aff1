import type { Transport } from '../../shared/domain/server-definition.ts'

const ownName = 'mcp-manager'

/**
 * True for the entry that connects a client to this program's own gateway. It must not be imported, or the gateway would
 * call itself. That is: the command `mcp-manager`, under whatever name; or the name `mcp-manager` with an address on this
 * machine that ends in `/mcp`, given as url or, for a bridge such as mcp-remote, as an argument.
 */
export function isOwnGatewayEntry(name: string, transport: Transport): boolean {
  if (transport.type === 'stdio') {
    const program = transport.command.split(/[/\\]/).at(-1) ?? ''
    if (/^mcp-manager(?:\.exe|\.cmd)?$/i.test(program)) return true
    return name === ownName && transport.args.some(isLoopbackGatewayUrl)
  }
  return name === ownName && transport.url !== null && isLoopbackGatewayUrl(transport.url)
}

function isLoopbackGatewayUrl(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol)) return false
  const isLoopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname)
  return isLoopback && /\/mcp\/?$/.test(url.pathname)
}
