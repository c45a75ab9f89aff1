import { Dialog } from '@base-ui/react/dialog'
import { Command } from 'cmdk'
import { Search, TextSearch, Wrench } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerId } from '../../../shared/domain/ids.ts'
import { useCommandRegistry } from '../../app/commands.ts'
import { matchesChord } from '../../app/keys.ts'
import { typeInPalette, useOverlay } from '../../app/overlay.ts'
import { go } from '../../app/route.ts'
import { useInventories } from '../../host/inventories.ts'
import { compareServers, useServer, useServers } from '../../host/servers.ts'
import { formatNumber } from '../../ui/format.ts'
import { onMac } from '../../ui/key-caps.ts'
import { Keys } from '../../ui/keys.tsx'
import { StateGlyph } from '../../ui/state-glyph.tsx'
import { useNow } from '../../ui/use-now.ts'
import { useSay } from '../servers/live-look.tsx'
import { lookOf } from '../servers/server-look.ts'
import { findEntries, type OfferedTool, readQuery } from './palette-entries.ts'
import { KeySequence, PaletteFoot, ResultCount } from './palette-foot.tsx'
import { Marked, PaletteGroup, PaletteRow } from './palette-row.tsx'
import { rangesAfter, rankMatches } from './rank-matches.ts'
import { type ServerCommand, serverCommands } from './server-commands.ts'
import { toolKind } from './tool-kind.ts'
import { useLineCount } from './use-line-count.ts'

/** Search over servers, tools, logs and commands; Enter does what is chosen. Tab on a server shows what can be done with it. */
export function Palette({ onClose }: { readonly onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation('palette')
  const typed = useOverlay((state) => state.typed)
  const [scopeId, setScopeId] = React.useState<ServerId | null>(null)
  const scoped = useServer(scopeId)
  const [selected, setSelected] = React.useState('')
  const input = React.useRef<HTMLInputElement>(null)

  return (
    <Dialog.Root
      open
      onOpenChange={(_open, details) => {
        if (details.reason !== 'escape-key' || scopeId === null) {
          onClose()
          return
        }
        // Escape goes back one step: from one server to everything, then to the page.
        details.cancel()
        setScopeId(null)
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        {/* Not by autoFocus: the dialog must see what had the focus before, to give it back. */}
        <Dialog.Popup
          initialFocus={input}
          aria-label={t('title')}
          className="fixed top-24 left-1/2 z-50 flex max-h-[calc(100vh-128px)] w-[640px] max-w-[calc(100vw-32px)] -translate-x-1/2 flex-col overflow-hidden rounded-xl border border-line-strong bg-raised shadow-dialog outline-none"
        >
          <Command
            label={t('title')}
            shouldFilter={false}
            loop
            value={selected}
            onValueChange={setSelected}
            className="flex min-h-0 flex-col"
            onKeyDown={(event) => {
              const id = selected.startsWith('server:') ? selected.slice('server:'.length) : null
              const server = [...useServers.getState().byId.values()].find(
                (one) => one.definition.id === id,
              )
              if (event.key === 'Tab' && !event.shiftKey && server !== undefined) {
                event.preventDefault()
                setScopeId(server.definition.id)
                typeInPalette('')
              }
              if (event.key === 'Backspace' && typed === '' && scopeId !== null) setScopeId(null)
              // The keys that opened it close it.
              if (matchesChord('Mod+K', event, onMac())) {
                event.preventDefault()
                onClose()
              }
            }}
          >
            <div className="flex h-12 flex-none items-center gap-2 border-line border-b px-4">
              <Search size={16} strokeWidth={1.75} className="flex-none text-ink-3" aria-hidden />
              {scoped !== undefined && (
                <span className="flex-none font-medium">
                  {t('scope', { name: scoped.definition.name })}
                </span>
              )}
              <Command.Input
                ref={input}
                value={typed}
                onValueChange={typeInPalette}
                aria-label={t('label')}
                placeholder={scoped === undefined ? t('label') : t('labelOne', scoped.definition)}
                className="min-w-0 flex-1 bg-transparent text-[0.9375rem] outline-none placeholder:text-ink-3"
              />
              <ResultCount />
            </div>
            <Command.List
              label={t('list')}
              className="scroll max-h-[464px] min-h-0 p-2"
              tabIndex={-1}
            >
              <Command.Empty className="px-2 py-6 text-center text-ink-2">
                {t('none', { query: readQuery(typed).text })}
              </Command.Empty>
              {scoped === undefined ? (
                <Results typed={typed} onClose={onClose} />
              ) : (
                <ServerCommands id={scoped.definition.id} typed={typed} onClose={onClose} />
              )}
            </Command.List>
          </Command>
          <PaletteFoot isScoped={scoped !== undefined} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Results({ typed, onClose }: { readonly typed: string; readonly onClose: () => void }) {
  const { t } = useTranslation('palette')
  const say = useSay()
  const now = useNow()
  const servers = useServers((state) => state.byId)
  const inventories = useInventories((state) => state.byServer)
  const commands = useCommandRegistry((state) => state.byId)
  const found = findEntries({
    typed,
    servers: [...servers.values()].toSorted(compareServers),
    tools: [...inventories.values()].flatMap((inventory): OfferedTool[] => {
      const server = servers.get(inventory.serverId)
      return server === undefined ? [] : inventory.tools.map((tool) => ({ server, tool }))
    }),
    commands: [...commands.values()],
  })
  const lines = useLineCount(found.logText)
  const does = (act: () => void) => () => {
    onClose()
    act()
  }
  return (
    <>
      {found.servers.length > 0 && (
        <PaletteGroup heading={t('groups.servers')}>
          {found.servers.map(({ item: server, ranges }) => {
            const { id, name } = server.definition
            const look = lookOf(server, now)
            return (
              <PaletteRow
                key={id}
                value={`server:${id}`}
                icon={
                  <span data-tone={look.tone}>
                    <StateGlyph name={look.glyph} left={look.left ?? undefined} />
                  </span>
                }
                end={
                  <>
                    {t('open')} <Keys keys="Enter" />
                  </>
                }
                onSelect={does(() => go({ page: 'servers', serverId: id, tab: 'overview' }))}
              >
                <Marked text={name} ranges={ranges} />{' '}
                <span className="text-ink-3">{say(look.word)}</span>
              </PaletteRow>
            )
          })}
        </PaletteGroup>
      )}
      {found.server !== null && (
        <ServerCommands id={found.server.definition.id} typed={typed} onClose={onClose} brief />
      )}
      {found.tools.length > 0 && (
        <PaletteGroup heading={t('groups.tools')}>
          {found.tools.map(({ item: { server, tool }, ranges }) => {
            const { id, name } = server.definition
            const kind = toolKind(tool.annotations)
            return (
              <PaletteRow
                key={`${id} ${tool.name}`}
                value={`tool:${id}:${tool.name}`}
                icon={<Wrench size={16} strokeWidth={1.75} aria-hidden />}
                end={kind === null ? undefined : t(`tool.${kind}`)}
                onSelect={does(() =>
                  go({ page: 'tools', offer: { serverId: id, kind: 'tool', name: tool.name } }),
                )}
              >
                <code>
                  <Marked
                    text={tool.name}
                    ranges={ranges.filter(([, end]) => end <= tool.name.length)}
                  />
                </code>{' '}
                <span className="text-ink-3">
                  <Marked text={name} ranges={rangesAfter(ranges, tool.name.length + 1)} />
                </span>
              </PaletteRow>
            )
          })}
        </PaletteGroup>
      )}
      {found.commands.length > 0 && (
        <PaletteGroup heading={t('groups.commands')}>
          {found.commands.map(({ item, ranges }) => (
            <PaletteRow
              key={item.id}
              value={`command:${item.id}`}
              icon={
                item.icon === null ? null : <item.icon size={16} strokeWidth={1.75} aria-hidden />
              }
              end={item.keys === null ? undefined : <KeySequence keys={item.keys} />}
              onSelect={does(item.run)}
            >
              <Marked text={item.title} ranges={ranges} />
            </PaletteRow>
          ))}
        </PaletteGroup>
      )}
      {found.logText !== null && (
        <PaletteGroup heading={t('groups.logs')}>
          <PaletteRow
            value="logs"
            icon={<TextSearch size={16} strokeWidth={1.75} aria-hidden />}
            end={lines === null ? undefined : t('linesCount', { lines: formatNumber(lines) })}
            onSelect={does(() => go({ page: 'logs', query: found.logText ?? '' }))}
          >
            {t('linesWith', { text: found.logText })}
          </PaletteRow>
        </PaletteGroup>
      )}
    </>
  )
}

/** What can be done with one server; `brief`: the likeliest four. */
function ServerCommands({
  id,
  typed,
  onClose,
  brief = false,
}: {
  readonly id: ServerId
  readonly typed: string
  readonly onClose: () => void
  readonly brief?: boolean
}) {
  const { t } = useTranslation('palette')
  const server = useServer(id)
  if (server === undefined) return null
  const { name } = server.definition
  const all = serverCommands(server)
  const textOf = (one: ServerCommand) => t(`do.${one.name}`, { name })
  const commands = brief
    ? all
        .slice(0, 4)
        .map((one) => rankMatches([one], textOf, typed, 1)[0] ?? { item: one, ranges: [] })
    : rankMatches(all, textOf, typed, all.length)
  return (
    <PaletteGroup heading={t('groups.serverCommands', { name })}>
      {commands.map(({ item: { name: what, icon: Icon, keys, run }, ranges }) => (
        <PaletteRow
          key={what}
          value={`do:${what}:${id}`}
          icon={<Icon size={16} strokeWidth={1.75} aria-hidden />}
          end={keys === null ? undefined : <Keys keys={keys} />}
          onSelect={() => {
            onClose()
            run()
          }}
        >
          <Marked text={t(`do.${what}`, { name })} ranges={ranges} />
        </PaletteRow>
      ))}
    </PaletteGroup>
  )
}
