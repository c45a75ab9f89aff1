import { member, type SyntaxNode, type SyntaxObject, stringOf } from './syntax/syntax-tree.ts'
import { inferredRemote, namedTransport } from './transport-spelling.ts'

/**
 * True for a value that can hardly be anything but a server's entry: a program to run or an address, and no `type` that means
 * something else (Claude Code's hooks and status line have `type: "command"`). For places where no root key vouches for it.
 */
export function looksLikeServer(node: SyntaxNode): node is SyntaxObject {
  if (node.kind !== 'object') return false
  const type = stringOf(member(node, 'type'))
  if (type === 'command' || (type !== undefined && namedTransport(type) === null)) return false
  const command = member(node, 'command')
  if (command?.kind === 'array' || stringOf(command) !== undefined) return true
  return ['url', 'serverUrl', 'httpUrl'].some((key) => {
    const url = stringOf(member(node, key))
    if (url === undefined) return false
    return type !== undefined || /^(?:https?:|\$\{)/i.test(url) || inferredRemote(url) === 'ws'
  })
}
