import { Eye, KeyRound } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../ui/badge.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { CommandLine } from '../../ui/command-line.tsx'
import { type DiffLine, DiffView } from '../../ui/diff-view.tsx'
import { Field } from '../../ui/field.tsx'
import { JsonEditor } from '../../ui/json-editor.tsx'
import type { JsonMark } from '../../ui/json-editor-props.ts'
import { JsonView } from '../../ui/json-view.tsx'
import { KeyValues } from '../../ui/key-values.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { Section } from '../../ui/section.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { toast } from '../../ui/toast.tsx'
import { Line, Part } from './part.tsx'

const difference: readonly DiffLine[] = [
  { kind: 'same', number: 4, pieces: [{ text: '"name": "create_page",' }] },
  {
    kind: 'removed',
    number: 5,
    pieces: [
      { text: '"description": "Create a page in ' },
      { text: 'a workspace', changed: true },
      { text: '"' },
    ],
  },
  {
    kind: 'added',
    number: 5,
    pieces: [
      { text: '"description": "Create a page in ' },
      { text: 'any workspace, and share it', changed: true },
      { text: '"' },
    ],
  },
]

const answer = {
  jsonrpc: '2.0',
  id: 41,
  result: {
    rows: Array.from({ length: 250 }, (_, index) => ({ id: index, paid: index % 2 === 0 })),
    note: 'UPDATE orders SET state = \'paid\' WHERE id = $1; -- "timeout" 30 s',
    next: null,
    empty: {},
  },
}

const text = '{\n  "name": "query",\n  "limit": 50,\n  "dryRun": true,\n  "timeout": null\n}'
const marks: readonly JsonMark[] = []

/** Code, JSON, pairs and times. */
export function DataParts(): React.JSX.Element {
  const { t } = useTranslation('parts')
  const [edited, setEdited] = React.useState(text)
  const [opened] = React.useState(() => Date.now() - 130_000)
  const found: readonly JsonMark[] = edited.includes('dryRun')
    ? [{ line: 4, column: 3, message: t('json.mark') }]
    : marks
  return (
    <>
      <Part title="code">
        <CommandLine
          command="uvx"
          args={['mcp-server-fetch', '--user-agent', 'MCP Manager/1.0', '--ignore-robots-txt']}
        />
        <CommandLine command="node" args={['run.js', 'it’s', 'a\u202eb\n']} />
        <CodeBlock text={'[mcp_servers.fetch]\ncommand = "uvx"\nargs = ["mcp-server-fetch"]'} />
        <CodeBlock
          label={t('code.file')}
          wrap={false}
          text={`{ "args": ["-y", "@modelcontextprotocol/server-filesystem", "/srv/a/long/path/that/goes/on/${'and/on/'.repeat(8)}"] }`}
        />
        <DiffView label={t('code.diff')} lines={difference} />
      </Part>
      <Part title="json">
        <JsonView
          label={t('json.view')}
          value={answer}
          search="timeout"
          openLevels={2}
          className="max-h-80 overflow-auto"
        />
        <Field label={t('json.editor')}>
          <JsonEditor value={edited} onChange={setEdited} marks={found} />
        </Field>
      </Part>
      <Part title="pairs">
        <KeyValues
          items={[
            { label: t('pair.directory'), value: '~', mono: true },
            {
              label: t('pair.environment'),
              value: 'PATH, HTTPS_PROXY, UV_INDEX_URL',
              mono: true,
            },
            { label: t('pair.from'), value: 'Claude Desktop, Cursor' },
          ]}
        />
        <Section
          title={t('pair.from')}
          level={4}
          side={
            <LinkButton onClick={() => toast({ tone: 'ok', text: t('toast.again') })}>
              {t('action.openLogs')}
            </LinkButton>
          }
        >
          <Line>
            <Badge icon={Eye}>{t('pair.readOnly')}</Badge>
            <Badge>{t('pair.tokens')}</Badge>
            <Badge tone="you" icon={KeyRound}>
              {t('pair.secrets')}
            </Badge>
            <TimeAgo at={opened} className="t-12 text-ink-3" />
          </Line>
        </Section>
      </Part>
    </>
  )
}
