import type * as React from 'react'
import { describeError } from '../../shared/domain/describe-error.ts'
import { qualifiedName } from '../../shared/domain/server-name.ts'
import { stateWords } from '../../shared/domain/state-words.ts'
import { type HostStatus, useServers } from './use-servers.ts'

const commands = [
  { command: 'import', does: 'Find the MCP servers in the files of your clients. Nothing is run.' },
  { command: 'enable --all', does: 'Switch them on and keep them running.' },
  { command: 'status', does: 'Show what runs and what failed, and why.' },
  { command: 'logs NAME --follow', does: 'Read the log of one server as it is written.' },
  { command: 'down', does: 'Stop MCP Manager and all of its servers.' },
]

/** What the browser shows until the screens exist: that the host runs, what its servers do, and how to use it from a terminal. */
export function FirstPage(): React.JSX.Element {
  const host = useServers()
  return (
    <main>
      <h1>{titleOf(host)}</h1>
      <HostSummary host={host} />
      <h2>From a terminal</h2>
      <p>
        This version has no screens yet. Everything works from the command line, in the same
        checkout:
      </p>
      <dl>
        {commands.map(({ command, does }) => (
          <div key={command}>
            <dt>
              <code>npm run --silent cli -- {command}</code>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </main>
  )
}

function titleOf(host: HostStatus): string {
  switch (host.status) {
    case 'connecting':
      return 'Connecting to MCP Manager'
    case 'failed':
      return describeError(host.error.code, host.error.data).title
    case 'connected':
      return 'MCP Manager is running'
  }
}

function HostSummary({ host }: { readonly host: HostStatus }): React.JSX.Element | null {
  if (host.status === 'connecting') return null
  if (host.status === 'failed') {
    const { hint, action } = describeError(host.error.code, host.error.data)
    return (
      <p role="alert">
        {hint} {action.replace('mcp-manager ', 'npm run --silent cli -- ')}
      </p>
    )
  }
  const { info, servers, now } = host
  return (
    <>
      <p>
        Version {info.version}, process {info.pid}. Your data is in <code>{info.dataDir}</code>.
      </p>
      <h2>Servers</h2>
      {servers.length === 0 ? (
        <p>
          None yet. The command <code>import</code> below finds those that your clients already
          have.
        </p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">State</th>
              <th scope="col">Tools</th>
            </tr>
          </thead>
          <tbody>
            {servers.map((server) => (
              <tr key={server.definition.id}>
                <th scope="row">{qualifiedName(server.definition)}</th>
                <td>{stateWords(server, now)}</td>
                <td>{server.stats.counts?.tools ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}
