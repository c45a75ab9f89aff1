/**
 * A value that is not kept here but fetched at each launch, for that launch only. `text` is how it stands in the definition.
 */
export type ExternalReference = { readonly text: string } & (
  | {
      /** `env:NAME`: a variable of the environment that servers start from. Unlike `${NAME}` it must have a value. */
      readonly kind: 'env'
      readonly name: string
    }
  /** `file:/path`, `file:~/path` or `file:C:\path`: the text of a file. */
  | { readonly kind: 'file'; readonly path: string }
  /** `op://vault/item/[section/]field`: 1Password, by its command line. */
  | { readonly kind: 'op' }
  /** `vault://mount/path#key`: a key of a secret in HashiCorp Vault (KV version 2). */
  | { readonly kind: 'vault'; readonly mount: string; readonly path: string; readonly key: string }
  /** `exec:command line`: what a command prints, once a person has allowed it. */
  | { readonly kind: 'exec'; readonly command: string }
)

const begins = /^(?:env|file|op|vault|exec):/

/**
 * Reads a value that is a reference as a whole; null for any other text. Only as a whole: unlike `secret://name` these forms
 * have no end that could be told from what follows (a path or a command may hold any character), and texts such as
 * `jdbc:file:/x` hold them by chance. A file URL (`file:///path`) is not one: programs take those themselves. Pure.
 */
export function parseExternalReference(text: string): ExternalReference | null {
  if (!begins.test(text)) return null
  const name = /^env:([A-Za-z_]\w*)$/.exec(text)?.[1]
  if (name !== undefined) return { kind: 'env', text, name }
  const path = /^file:((?:\/(?!\/)|~[\\/]|[A-Za-z]:[\\/])[^\n]*)$/.exec(text)?.[1]
  if (path !== undefined) return { kind: 'file', text, path }
  if (/^op:\/\/[^/\n]+(?:\/[^/\n]+){2,3}$/.test(text)) return { kind: 'op', text }
  const vault = /^vault:\/\/([^\s/#]+)\/([^\s#]+)#([^\s#]+)$/.exec(text)
  if (vault !== null) {
    const [, mount = '', secretPath = '', key = ''] = vault
    // An address has such parts taken out, and the token would go to another part of the server's interface.
    if ([mount, ...secretPath.split('/')].some((part) => /^\.{1,2}$/.test(part))) return null
    return { kind: 'vault', text, mount, path: secretPath, key }
  }
  const command = /^exec:([^\0]+)$/.exec(text)?.[1]?.trim()
  return command === undefined || command === '' ? null : { kind: 'exec', text, command }
}
