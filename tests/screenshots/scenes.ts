import { symlinkSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { FakeClient } from '../fixtures/fake-client.ts'
import type { TestHome } from '../journeys/test-home.ts'

const packages = join(import.meta.dirname, '../../node_modules/@modelcontextprotocol')
const fixture = join(import.meta.dirname, '../fixtures/servers/fixture-server.mjs')

/** Servers that run well, by the names that people give them. */
const healthy = [
  'airtable',
  'apple-notes',
  'brave-search',
  'calendar',
  'context7',
  'docker',
  'duckdb',
  'figma',
  'gitlab',
  'grafana',
  'jira',
  'kubernetes',
  'linear',
  'mongodb',
  'notion',
  'obsidian',
  'playwright',
  'redis',
  'slack',
  'sqlite',
  'terraform',
  'time',
]

/** Something outside of the host that a scene needs. */
export interface SceneProps {
  readonly close: () => void
}

/** Files of clients as a person has them before the first start: copies, a literal secret, a broken file. */
export function writeClientFiles(host: TestHome): void {
  addCommands(host)
  host.writeFile(
    '.claude.json',
    JSON.stringify(
      {
        mcpServers: {
          context7: { command: 'npx', args: ['-y', '@upstash/context7-mcp@4.1.1'] },
          fetch: {
            command: 'uvx',
            args: ['mcp-server-fetch', '--user-agent', 'MCP-Manager/1.0', '--ignore-robots-txt'],
          },
          filesystem: {
            command: 'mcp-server-filesystem',
            args: ['${HOME}/code', '${HOME}/notes'],
          },
          github: {
            command: 'docker',
            args: [
              'run',
              '-i',
              '--rm',
              '-e',
              'GITHUB_PERSONAL_ACCESS_TOKEN',
              'ghcr.io/github/github-mcp-server',
            ],
            env: { GITHUB_PERSONAL_ACCESS_TOKEN: 'ghp_exampleexampleexampleexample3fQa' },
          },
          memory: { command: 'mcp-server-memory', env: { MEMORY_FILE_PATH: '/tmp/memory.json' } },
        },
        projects: { [join(host.home, 'code/runbook')]: {}, [join(host.home, 'code/atlas')]: {} },
      },
      null,
      2,
    ),
  )
  host.writeFile(
    'code/runbook/.mcp.json',
    '{\n  "mcpServers": {\n    "linear": {\n      "command": "npx",\n      "args": ["-y"\n        "@linear/mcp"],\n      "env": {}\n    }\n  }\n}\n',
  )
  host.writeFile(
    '.cursor/mcp.json',
    JSON.stringify({
      mcpServers: {
        context7: { command: 'npx', args: ['-y', '@upstash/context7-mcp@4.1.1'] },
        notion: {
          command: 'npx',
          args: ['-y', '@notionhq/notion-mcp-server@2.5.2'],
          env: { NOTION_TOKEN: 'ntn_exampleexampleexampleexampleexample91xk' },
        },
        sentry: { url: 'https://mcp.sentry.dev/mcp' },
      },
    }),
  )
}

/** Thirty servers: most run, some are slow to start, some fail in each way that there is. Switched on. */
export async function addThirtyServers(host: TestHome): Promise<SceneProps> {
  addCommands(host)
  const refusing = await refuseSignIn()
  const port = (refusing.address() as AddressInfo).port // A TCP server's address is always an AddressInfo (node:net).
  host.writeClaudeJson({
    ...Object.fromEntries(healthy.map((name) => [name, { command: `mcp-server-${name}` }])),
    everything: { command: 'mcp-server-everything' },
    filesystem: { command: 'mcp-server-filesystem', args: [host.home] },
    memory: { command: 'mcp-server-memory' },
    'sequential-thinking': { command: 'mcp-server-sequential-thinking' },
    fetch: {
      command: 'uvx',
      args: ['mcp-server-fetch', '--user-agent', 'MCP-Manager/1.0', '--ignore-robots-txt'],
    },
    postgres: { command: 'mcp-server-postgres', args: ['postgresql://127.0.0.1:5432/orders'] },
    sentry: { type: 'http', url: `http://127.0.0.1:${port}/mcp` },
    stripe: { command: 'mcp-server-stripe', args: ['--tools=all'] },
  })
  host.run('import', '--json')
  for (const name of [...healthy.filter((one) => one !== 'slack'), ...real, ...broken]) {
    host.run('enable', name, '--no-wait', '--json')
  }
  return { close: () => refusing.close() }
}

/** Servers whose credentials are in the vault, one of them without its value, and a command that waits for consent. Some run. */
export function addSecrets(host: TestHome): Promise<SceneProps> {
  addCommands(host)
  const example = 'exampleexampleexampleexample'
  const env = {
    airtable: { AIRTABLE_API_KEY: `pat${example}.1` },
    'brave-search': { BRAVE_API_KEY: `BSA${example}2` },
    figma: { FIGMA_API_KEY: `figd_${example}3` },
    gitlab: { GITLAB_TOKEN: `glpat-${example}4` },
    grafana: { GRAFANA_API_KEY: `glsa_${example}5` },
    notion: { NOTION_TOKEN: `ntn_${example}6` },
    slack: { SLACK_BOT_TOKEN: `xoxb-${example}7`, SLACK_TEAM_ID: 'T024BE7LD' },
  }
  host.writeClaudeJson(
    Object.fromEntries(
      Object.entries(env).map(([name, own]) => [name, { command: `mcp-server-${name}`, env: own }]),
    ),
  )
  host.run('import', '--json')
  host.run('edit', 'gitlab', '--env', 'GITLAB_TOKEN=exec:pass show work/gitlab | head -1', '--json')
  host.run('edit', 'slack', '--env', 'SLACK_APP_TOKEN=secret://slack.app-token', '--json')
  for (const name of ['airtable', 'figma', 'notion'])
    host.run('enable', name, '--no-wait', '--json')
  return Promise.resolve({ close: () => undefined })
}

/** Servers that two clients run, one of them twice, and two that a client left behind; and one of this program. */
export async function addOtherPrograms(host: TestHome): Promise<SceneProps> {
  addCommands(host)
  // By a name in the home: pictures show the whole command, and none of this machine's paths.
  const node = join(host.home, 'bin/node')
  symlinkSync(process.execPath, node)
  const run = (name: string, ...args: string[]) => [node, addPackage(host, name), ...args]
  const npx = (name: string, ...args: string[]) => ({ command: 'npx', args: ['-y', name, ...args] })
  host.writeClaudeJson({
    context7: npx('@upstash/context7-mcp@4.1.1'),
    gitlab: npx('@gitlab/mcp', '--token', '${GITLAB_TOKEN}'),
    filesystem: npx('@modelcontextprotocol/server-filesystem', '${HOME}/code'),
    memory: { command: 'mcp-server-memory' },
  })
  host.run('import', '--json')
  host.run('enable', 'memory', '--json')
  const context7 = run('@upstash/context7-mcp')
  const code = join(host.home, 'code')
  const clients = [
    await FakeClient.start(
      [
        context7,
        context7,
        run('@gitlab/mcp', '--token', 'glpat-exampleexample3fQa'),
        run('@modelcontextprotocol/server-filesystem', code),
      ],
      'claude',
      host.home,
    ),
    await FakeClient.start([context7, run('airtable-mcp')], 'cursor', host.home),
  ]
  const gone = await FakeClient.start(
    [context7, run('@modelcontextprotocol/server-filesystem', code)],
    'claude',
    host.home,
  )
  await gone.crash()
  return {
    close: () => {
      for (const client of [...clients, gone]) void client.end()
    },
  }
}

/** A package of npm as it lies on a disk; answers with its script, which runs on when its client is gone. */
function addPackage(host: TestHome, name: string): string {
  const text = `process.argv.splice(2, 0, 'ignore-stdin-end')\nawait import(${JSON.stringify(fixture)})\n`
  return host.writeFile(`lib/node_modules/${name}/index.mjs`, text)
}

const real = ['everything', 'filesystem', 'memory', 'sequential-thinking']
const broken = ['fetch', 'postgres', 'sentry', 'stripe']

function addCommands(host: TestHome): void {
  for (const name of healthy) host.addCommand(`mcp-server-${name}`, fixture, 'ok')
  for (const name of real) {
    host.addCommand(`mcp-server-${name}`, join(packages, `server-${name}/dist/index.js`))
  }
  host.addCommand('mcp-server-postgres', fixture, 'crash', '1')
  host.addCommand('mcp-server-stripe', fixture, 'garbage')
  host.writeFile('code/.keep', '')
  host.writeFile('notes/.keep', '')
}

/** A remote server that asks for a sign-in. */
async function refuseSignIn(): Promise<Server> {
  const server = createServer((_request, response) => {
    response.writeHead(401, { 'www-authenticate': 'Bearer error="invalid_token"' }).end()
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return server
}
