import type * as React from 'react'
import { appVersion } from '../../shared/app-version.ts'

const commands = [
  { command: 'import', does: 'Find the MCP servers in the files of your clients. Nothing is run.' },
  { command: 'list', does: 'Show them.' },
  { command: 'enable --all', does: 'Switch them on and keep them running.' },
  { command: 'status', does: 'Show what runs and what failed, and why.' },
  { command: 'logs NAME --follow', does: 'Read the log of one server as it is written.' },
]

/** What the browser shows until the screens exist: that the host runs, and how to use it from a terminal. */
export function FirstPage(): React.JSX.Element {
  return (
    <main>
      <h1>MCP Manager is running</h1>
      <p>
        This is version {appVersion}. It has no screens yet: they are the next step. Everything
        works from the command line, in another terminal and in the same checkout:
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
      <p>
        To stop MCP Manager and all of its servers, use <code>npm run --silent cli -- down</code>.
      </p>
    </main>
  )
}
