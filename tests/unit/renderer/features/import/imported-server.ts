import type { ImportedSecret, ImportedServer } from '../../../../../src/shared/contract/clients.ts'

/** A server as an import reports it: nothing is special about it except what is given. */
export function importedServer(own: Partial<ImportedServer>): ImportedServer {
  return {
    name: 'server',
    scope: 'user',
    project: null,
    transport: 'stdio',
    command: 'npx',
    args: [],
    envKeys: [],
    env: {},
    envFile: null,
    cwd: null,
    url: null,
    headerKeys: [],
    headers: {},
    headersHelper: null,
    inputs: [],
    disabled: false,
    sources: [{ client: 'claude-json', file: '/home/a/.claude.json' }],
    change: 'new',
    secrets: [],
    warning: null,
    digest: '',
    ...own,
  }
}

/** A secret of that name. */
export function secret(name: string): ImportedSecret {
  return { name, place: 'TOKEN', masked: '••••', sources: [] }
}
