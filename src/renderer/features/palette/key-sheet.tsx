import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { type Command, useCommandRegistry } from '../../app/commands.ts'
import { useRoute } from '../../app/route.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Keys } from '../../ui/keys.tsx'
import { removeKey } from '../servers/server-menu.ts'

/** Listed for any row, whether or not one has the focus. */
const rowCommands: ReadonlySet<string> = new Set([
  'server.main',
  'server.restart',
  'server.logs',
  'server.edit',
  'server.duplicate',
  'server.remove',
])

/** Every key that works where the person is: of the commands on the screen, and of every list. */
export function KeySheet({ onClose }: { readonly onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation('palette')
  const commands = useCommandRegistry((state) => state.byId)
  const isOnServers = useRoute(({ route }) => route.page === 'servers')
  const withKeys = [...commands.values()].filter(
    ({ id, keys }) => keys !== null && !rowCommands.has(id),
  )
  const groups = Map.groupBy(withKeys, (command) => command.group)
  const sheet = React.useRef<HTMLDivElement>(null)
  return (
    <Dialog open onOpenChange={onClose} title={t('sheet.title')} size="lg" initialFocus={sheet}>
      {/* The focus is here, so that the arrow keys scroll what does not fit. */}
      <div
        ref={sheet}
        tabIndex={-1}
        className="grid grid-cols-2 gap-x-8 gap-y-5 outline-none max-low:grid-cols-1"
      >
        {[...groups].map(([group, members]) => (
          <KeyGroup key={group} title={group} rows={members.map(rowOf)} />
        ))}
        {isOnServers && (
          <KeyGroup
            title={t('sheet.row')}
            rows={[
              { label: t('sheet.rowSwitch'), keys: ['Space'] },
              { label: t('sheet.rowMain'), keys: ['S'] },
              { label: t('sheet.rowRestart'), keys: ['R'] },
              { label: t('sheet.rowLogs'), keys: ['L'] },
              { label: t('sheet.rowEdit'), keys: ['E'] },
              { label: t('sheet.rowDuplicate'), keys: ['D'] },
              { label: t('sheet.rowRemove'), keys: [removeKey] },
            ]}
          />
        )}
        <KeyGroup
          title={t('sheet.lists')}
          rows={[
            { label: t('sheet.move'), keys: ['Up', 'Down'] },
            { label: t('sheet.ends'), keys: ['Home', 'End'] },
            { label: t('sheet.open'), keys: ['Enter'] },
            { label: t('sheet.filter'), keys: ['/'] },
            { label: t('sheet.back'), keys: ['Esc'] },
          ]}
        />
      </div>
    </Dialog>
  )
}

interface KeyRow {
  readonly label: string
  readonly keys: readonly string[]
}

function rowOf(command: Command): KeyRow {
  return { label: command.title, keys: command.keys?.split(' ') ?? [] }
}

function KeyGroup({ title, rows }: { readonly title: string; readonly rows: readonly KeyRow[] }) {
  return (
    <section className="min-w-0">
      <h3 className="t-12 mb-1 font-semibold text-ink-2">{title}</h3>
      <dl>
        {rows.map(({ label, keys }) => (
          <div key={label} className="flex min-h-7 items-center justify-between gap-4">
            <dt>{label}</dt>
            <dd className="inline-flex flex-none gap-1">
              {keys.map((key) => (
                <Keys key={key} keys={key} spoken />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
