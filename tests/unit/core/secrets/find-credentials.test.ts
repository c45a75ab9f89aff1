import { describe, expect, it } from 'vitest'
import { findCredentials } from '../../../../src/core/secrets/find-credentials.ts'
import type {
  RemoteTransport,
  StdioTransport,
} from '../../../../src/shared/domain/server-definition.ts'

const hex = 'a8f5f167f44f4964e6c998dee827110c'
const random = 'q7ZtK2mVx9RbL4sWc8Yd'
const uuid = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'
// Put together, so that no scanner takes this file for a leak.
const github = `ghp_${'A1b2C3d4'.repeat(4)}`
const jwt = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxIn0', 'c2lnbmF0dXJl'].join('.')

function stdio(part: Partial<StdioTransport>): StdioTransport {
  return { type: 'stdio', command: 'npx', args: [], env: {}, cwd: null, envFile: null, ...part }
}

function remote(part: Partial<RemoteTransport>): RemoteTransport {
  return { type: 'http', url: 'https://example.com/mcp', headers: {}, headersHelper: null, ...part }
}

function texts(transport: StdioTransport | RemoteTransport): string[] {
  return findCredentials(transport).map((site) => site.text)
}

describe('environment', () => {
  it.each([
    ['GITHUB_PERSONAL_ACCESS_TOKEN', github, github],
    ['GITHUB_TOKEN', 'hunter2', 'hunter2'],
    ['SLACK_BOT_TOKEN', 'xoxb-your-slack-bot-token', 'xoxb-your-slack-bot-token'],
    ['API_KEY', '<your-key>', '<your-key>'],
    ['OPENAI_API_KEY', 'YOUR_API_KEY', 'YOUR_API_KEY'],
    ['FIRECRAWL_API_KEY', `fc-${hex}`, `fc-${hex}`],
    ['openaiApiKey', 'abc', 'abc'],
    ['APIKEY', 'abc123', 'abc123'],
    ['AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE', 'AKIAIOSFODNN7EXAMPLE'],
    [
      'AWS_SECRET_ACCESS_KEY',
      '/Xk3jM9pQ2rT5vW8yZ1bD4fH7jL0nP/3sUaEc',
      '/Xk3jM9pQ2rT5vW8yZ1bD4fH7jL0nP/3sUaEc',
    ],
    ['DB_PASSWORD', 'correct horse', 'correct horse'],
    ['DB_PASSWORD', '123456', '123456'],
    ['DB_PWD', 'pa$$word', 'pa$$word'],
    ['SESSION_COOKIE', 'sid=abc; theme=dark', 'sid=abc; theme=dark'],
    ['ENCRYPTION_KEY', 'some words here', 'some words here'],
    ['MAPS_KEY', 'abc123def', 'abc123def'],
    ['APP_STORE_CONNECT_KEY', 'your_app_store_key', 'your_app_store_key'],
    ['BASIC_AUTH', 'me:hunter22', 'me:hunter22'],
    ['SOMETHING', github, github],
    ['SOMETHING', jwt, jwt],
    ['SOMETHING', random, random],
    ['SOMETHING', hex, hex],
    ['FLAGS', `--key ${github} --verbose`, github],
    [
      'PEM',
      '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----',
      '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----',
    ],
    ['DATABASE_URL', 'postgres://me:pa55@db:5432/app', 'pa55'],
    ['DATABASE_URL', 'postgres://me:pa/5#5@db:5432/app', 'pa/5#5'],
    ['DATABASE_URL', 'postgres://me:true@db/app', 'true'],
    ['DATABASE_URL', 'mongodb+srv://me:p%40ss@db.example.com/?w=majority', 'p%40ss'],
    ['REDIS_URL', 'redis://:secretpw@localhost:6379/0', 'secretpw'],
    ['SENTRY_DSN', `https://${hex}@o1.ingest.sentry.io/42`, hex],
    ['CONNECTION', 'Server=db;User Id=sa;Password=Pa55;Encrypt=true', 'Pa55'],
    ['CONNECTION_STRING', 'Server=db;User Id=sa;Password=Pa55;Encrypt=true', 'Pa55'],
    ['DSN', 'host=db user=me password=pa55 dbname=app', 'host=db user=me password=pa55 dbname=app'],
    ['LIBPQ', 'host=db user=me password=pa55 dbname=app', 'pa55'],
    [
      'OPENAPI_MCP_HEADERS',
      '{"Authorization": "Bearer abcdef", "Version": "2022-06-28"}',
      'abcdef',
    ],
    ['HEADERS', '{\\"X-Api-Key\\":\\"abcdef\\"}', 'abcdef'],
    ['EXTRA_HEADER', 'Authorization: Basic bWU6cHc=', 'bWU6cHc='],
    ['AUTH_HEADER', 'Bearer abcdefgh', 'abcdefgh'],
    ['TOKEN', `\${TOKEN:-hunter2}`, 'hunter2'],
    ['TOKEN', `prefix-\${X}-abc12345`, '-abc12345'],
    ['TOKEN', `\${${github}}`, `\${${github}}`],
    ['SLACK_WEBHOOK_URL', `https://hooks.slack.com/services/T0/B0/${random}`, random],
    ['ANY', 'secret://github.token', 'secret://github.token'],
    ['TOKEN', `\uE000${random}`, `\uE000${random}`],
  ])('%s=%s carries a credential', (key, value, expected) => {
    expect(texts(stdio({ env: { [key]: value } }))).toEqual([expected])
  })

  it.each([
    ['JIRA_PROJECT_KEY', 'PLATFORM'],
    ['SORT_KEY', 'created_at'],
    ['NODE_ENV', 'production'],
    ['DEBUG', 'true'],
    ['USE_AUTH', 'true'],
    ['AUTH', 'oauth'],
    ['AUTH_TYPE', 'bearer'],
    ['PORT', '8080'],
    ['MAX_TOKENS', '4096'],
    ['LLM_OUTPUT_TOKENS', '100000'],
    ['TOKEN', ''],
    ['TOKENIZER', 'cl100k_base'],
    ['TOKENIZERS_PARALLELISM', 'false'],
    ['MODEL', 'claude-sonnet-4-5-20250929'],
    ['OPENAI_MODEL', 'gpt-4o-mini-2024-07-18'],
    ['MODEL', 'meta-llama/Llama-3.3-70B-Instruct-Turbo'],
    ['GITHUB_USERNAME', 'octocat'],
    ['EMAIL', 'someone.with.a.long.name42@example.com'],
    ['PROJECT', uuid],
    ['CLOUDFLARE_ACCOUNT_ID', hex],
    ['NOTION_DATABASE_ID', hex],
    ['GOOGLE_APPLICATION_CREDENTIALS', '/home/me/.config/gcloud/key.json'],
    ['PRIVATE_KEY_FILE', '/etc/ssl/private.pem'],
    ['SSH_KEY', '~/.ssh/id_ed25519'],
    ['TLS_KEY', 'certs/server.key'],
    ['SSL_KEY', 'C:\\certs\\server.key'],
    ['TOKEN_URL', 'https://auth.example.com/oauth2/token'],
    ['API_URL', 'https://api.example.com/v1/models?limit=10&sort=name'],
    ['DATABASE_URL', 'postgres://localhost:5432/app'],
    ['DATABASE_URL', 'postgres://me@localhost:5432/app'],
    ['DATABASE_URL', `postgres://me:\${DB_PASSWORD}@localhost/app`],
    ['GIT_URL', 'ssh://git@github.com/owner/repository.git'],
    ['PATH', '/usr/local/bin:/usr/bin:/opt/homebrew/bin'],
    ['PATH', '/nix/store/0c7c96gikmzv87i7lv3vq5s1cmfjd6zf-nodejs-22.11.0/bin'],
    ['PWD', '/home/me/work'],
    ['HOST', 'abcdefghij1234567890.supabase.co'],
    ['NODE_OPTIONS', '--max-old-space-size=4096 --enable-source-maps'],
    ['ALLOWED_TOOLS', 'web_search_exa,get_code_context_exa,company_research_exa'],
    ['TOKEN', `\${GITHUB_TOKEN}`],
    ['TOKEN', `\${GITHUB_TOKEN:-}`],
    ['TOKEN', `\${env:GITHUB_TOKEN}`],
    ['TOKEN', `\${input:github-token}`],
    ['TOKEN', `\${input:xoxb-slack-token}`],
    ['TOKEN', '{env:GITHUB_TOKEN}'],
    ['TOKEN', '{file:~/.secrets/token}'],
    ['TOKEN', `\${{ secrets.GITHUB_TOKEN }}`],
    ['TOKEN', '$GITHUB_TOKEN'],
    ['AUTH_HEADER', `Bearer \${TOKEN}`],
    [
      'OPENAPI_MCP_HEADERS',
      `{"Authorization": "Bearer \${NOTION}", "Notion-Version": "2022-06-28"}`,
    ],
    ['TOKEN_DIR', `\${HOME}/.config/tokens`],
    ['LOG_LEVEL', 'info'],
    ['TZ', 'Europe/Berlin'],
    ['LOCALE', 'de_DE.UTF-8'],
    ['GREETING', 'Use basic authentication, or a token when one is at hand.'],
  ])('%s=%s stays', (key, value) => {
    expect(texts(stdio({ env: { [key]: value } }))).toEqual([])
  })
})

describe('arguments', () => {
  it.each<[string[], string[]]>([
    [['--api-key', 'abc123'], ['abc123']],
    [['--api-key=abc123'], ['abc123']],
    [['--token=VALUE'], ['VALUE']],
    [['--accessToken', random], [random]],
    [['--password', 'with space'], ['with space']],
    [['API_KEY=abc123', 'node', 'server.js'], ['abc123']],
    [['run', '-i', '--rm', '-e', 'GITHUB_TOKEN=abc', 'ghcr.io/github/github-mcp-server'], ['abc']],
    [
      ['run', '--env', 'API_KEY=abc', '--env=DB_PASSWORD=pw1', 'image'],
      ['abc', 'pw1'],
    ],
    [['run', '-eAPI_TOKEN=abc', 'image'], ['abc']],
    [['-H', 'Authorization: Bearer abc'], ['abc']],
    [['--header', 'Authorization:Bearer abcdef'], ['abcdef']],
    [['--header=X-Api-Key: abc'], ['abc']],
    [
      ['mcp-remote', 'https://x.example/mcp', '--header', 'Authorization: Basic bWU6cHc='],
      ['bWU6cHc='],
    ],
    [['-u', 'me:hunter2'], ['hunter2']],
    [['mcp-remote', `https://x.example/mcp?api_key=${random}`], [random]],
    [['mcp-remote', `https://mcp.example.com/s/${random}/mcp`], [random]],
    [['postgresql://me:pw@localhost/db'], ['pw']],
    [[random], [random]],
    [['serve', github], [github]],
    [
      ['-c', `export TOKEN=abc123; exec server --key=${github}`],
      ['abc123', github],
    ],
    [['-c', 'curl -H "Authorization: Bearer abcdef" https://x.example'], ['abcdef']],
    [['--config', '{"apiKey":"abc","url":"https://x.example"}'], ['abc']],
    [['--connection', 'secret://other'], ['secret://other']],
  ])('%j carries %j', (args, expected) => {
    expect(texts(stdio({ args }))).toEqual(expected)
  })

  it.each<[string[]]>([
    [['-y', '@modelcontextprotocol/server-filesystem@2026.8.31', '/home/me/Documents']],
    [['-y', '@modelcontextprotocol/server-sequential-thinking']],
    [['--directory', 'C:\\Users\\me\\projects\\weather', 'run', 'weather.py']],
    [
      [
        'run',
        '-i',
        '--rm',
        '-p',
        '8080:8080',
        '--user',
        '1000:1000',
        '-v',
        '/home/me:/data:ro',
        'mcp/fetch',
      ],
    ],
    [['run', '--user', 'node:node', `mcp/fetch@sha256:${hex}${hex}`]],
    [['--from', 'git+https://github.com/oraios/serena', 'serena', 'start-mcp-server']],
    [['-y', `github:owner/repository#${hex}01234567`]],
    [['--from', `git+https://github.com/owner/repo@${hex}01234567`, 'run']],
    [['-e', 'GITHUB_TOKEN', '-e', 'LOG_LEVEL=debug', 'image']],
    [['--token', `\${GITHUB_TOKEN}`]],
    [['--header', `Authorization:\${AUTH_HEADER}`]],
    [['--header', `Authorization: Bearer \${TOKEN}`]],
    [['--api-key-file', '/run/keys/api']],
    [['--no-auth', './server.js']],
    [['--token', '--verbose']],
    [['--max-tokens', '4096']],
    [['--project', uuid]],
    [['--account-id', hex]],
    [['--host=127.0.0.1', '--port=3000', '--transport', 'stdio']],
    [['mcp-remote', 'https://mcp.atlassian.com/v1/sse', '--transport', 'sse-only']],
    [['-m', 'mcp_server_very_long_module_name_without_secrets']],
    [['--tools=web_search_exa,get_code_context_exa']],
    [['C:/Program Files/nodejs/node_modules/@scope/some-package/dist/index.js']],
  ])('%j stays', (args) => {
    expect(texts(stdio({ args }))).toEqual([])
  })

  it('reads a whole command line that stands in the command', () => {
    const command = 'docker run -i --rm -e GITHUB_TOKEN=abc123 mcp/github'
    expect(texts(stdio({ command }))).toEqual(['abc123'])
  })
})

describe('a whole command line', () => {
  it.each([
    ['npx -y some-server --api-key=hunter2hunter2', ['hunter2hunter2']],
    ['npx -y some-server --password opensesame', ['opensesame']],
    [`docker run -i -e GITHUB_TOKEN=${github} image`, [github]],
    [`npx mcp-remote https://example.com --header "Authorization: Bearer ${random}"`, [random]],
    [`npx server ${github}`, [github]],
    ['npx -y some-server --port 8080 --verbose', []],
    // A program with a space in its path is one program.
    ['/opt/My Tools/server', []],
  ])('%s', (command, found) => {
    const sites = findCredentials(stdio({ command }))
    expect(sites.map(({ text }) => text)).toEqual(found)
    for (const { place, start, end, text } of sites) {
      expect(place).toEqual({ kind: 'command' })
      expect(command.slice(start, end)).toBe(text)
    }
  })
})

describe('remote servers', () => {
  it.each([
    ['Authorization', 'Bearer abc', 'abc'],
    ['authorization', `Bearer ${jwt}`, jwt],
    ['Authorization', 'abcdef', 'abcdef'],
    ['Authorization', 'Basic bWU6cHc=', 'bWU6cHc='],
    ['Proxy-Authorization', 'Basic bWU6cHc=', 'bWU6cHc='],
    ['X-Api-Key', 'abc', 'abc'],
    ['CONTEXT7_API_KEY', 'YOUR_API_KEY', 'YOUR_API_KEY'],
    ['Ocp-Apim-Subscription-Key', hex, hex],
    ['CF-Access-Client-Secret', 'abc', 'abc'],
    ['DD-APPLICATION-KEY', 'abc123', 'abc123'],
    ['Cookie', 'session=abc; theme=dark', 'session=abc; theme=dark'],
    ['X-Custom', random, random],
  ])('header %s: %s carries a credential', (key, value, expected) => {
    expect(texts(remote({ headers: { [key]: value } }))).toEqual([expected])
  })

  it.each([
    ['Content-Type', 'application/json'],
    ['Accept', 'application/json, text/event-stream'],
    ['User-Agent', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36'],
    ['X-Tenant', uuid],
    ['Authorization', `Bearer \${input:token}`],
    ['X-MCP-Toolsets', 'repos,issues,pull_requests'],
  ])('header %s: %s stays', (key, value) => {
    expect(texts(remote({ headers: { [key]: value } }))).toEqual([])
  })

  it.each([
    [`https://mcp.example.com/s/${random}/mcp`, random],
    [`https://mcp.pipedream.net/${uuid}/slack`, uuid],
    ['https://x.example/mcp?token=abc', 'abc'],
    ['https://x.example/mcp?key=abc&tools=a', 'abc'],
    [`https://x.example/mcp?profile=${random}`, random],
    ['https://x.example/mcp?sig=a%2Fb%3D', 'a%2Fb%3D'],
    ['https://x.example/mcp#access_token=abc', 'abc'],
    ['https://me:pw@x.example/mcp', 'pw'],
    [
      `https://api.telegram.org/bot123456789:${'Ab1_'.repeat(9)}/mcp`,
      `bot123456789:${'Ab1_'.repeat(9)}`,
    ],
  ])('%s carries a credential', (url, expected) => {
    expect(texts(remote({ url }))).toEqual([expected])
  })

  it.each([
    ['https://mcp.context7.com/mcp'],
    ['https://mcp.sentry.dev/mcp/organisation/cape-gis'],
    ['http://127.0.0.1:8765/mcp'],
    ['http://[::1]:8765/mcp'],
    ['https://api.githubcopilot.com/mcp/x/issues/readonly'],
    ['https://mcp.exa.ai/mcp?tools=web_search_exa,get_code_context_exa,company_research_exa'],
    ['https://mcp.supabase.com/mcp?project_ref=abcdefghijklmnopqrst&read_only=true'],
    ['https://redacted-tunnel-abc123-xxxxxxxxxxxxxx.trycloudflare.com/mcp'],
    [`https://x.example/mcp?token=\${TOKEN}`],
    [`https://\${HOST}/mcp`],
    [`\${input:CARTO_MCP_URL}`],
  ])('%s stays', (url) => {
    expect(texts(remote({ url }))).toEqual([])
  })
})

it('names where each credential stands and what to call it', () => {
  const transport = stdio({
    args: ['--api-key', 'abc123', 'postgres://me:pa55@db/app'],
    env: { GITHUB_TOKEN: github },
  })
  expect(findCredentials(transport)).toEqual([
    {
      place: { kind: 'arg', index: 1 },
      start: 0,
      end: 6,
      text: 'abc123',
      reason: 'secret_name',
      base: 'api-key',
    },
    {
      place: { kind: 'arg', index: 2 },
      start: 14,
      end: 18,
      text: 'pa55',
      reason: 'url_password',
      base: 'password',
    },
    {
      place: { kind: 'env', key: 'GITHUB_TOKEN' },
      start: 0,
      end: 36,
      text: github,
      reason: 'secret_name',
      base: 'github-token',
    },
  ])
})
