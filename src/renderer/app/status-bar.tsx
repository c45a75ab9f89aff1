import { KeyRound, Laptop, Unplug, Waypoints } from 'lucide-react'
import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/shallow'
import type { VaultStatus } from '../../shared/contract/host.ts'
import type { ResourceSample } from '../../shared/domain/resources.ts'
import { lookOf } from '../features/servers/server-look.ts'
import { useConnection } from '../host/connection.ts'
import { useDesktop } from '../host/desktop.ts'
import { useHostInfo } from '../host/host-info.ts'
import { useResources } from '../host/resources.ts'
import { useServers } from '../host/servers.ts'
import { formatMemory, formatPercent } from '../ui/format.ts'
import { type GlyphName, StateGlyph } from '../ui/state-glyph.tsx'
import type { Tone } from '../ui/tone.ts'
import { Tooltip } from '../ui/tooltip.tsx'

/** What is counted, in the order in which it stands; servers at rest are not news. */
const counted = [
  { key: 'running', glyph: 'running', tone: 'ok' },
  { key: 'slow', glyph: 'slow', tone: 'wait' },
  { key: 'silent', glyph: 'silent', tone: 'wait' },
  { key: 'heavy', glyph: 'heavy', tone: 'wait' },
  { key: 'starting', glyph: 'starting-1', tone: 'busy' },
  { key: 'stopping', glyph: 'stopping', tone: 'busy' },
  { key: 'retrying', glyph: 'retry', tone: 'wait' },
  { key: 'failed', glyph: 'failed', tone: 'bad' },
  { key: 'signin', glyph: 'signin', tone: 'you' },
  { key: 'needVault', glyph: 'locked', tone: 'you' },
  { key: 'asking', glyph: 'asks', tone: 'you' },
] as const satisfies readonly { key: string; glyph: GlyphName; tone: Tone }[]
type CountKey = (typeof counted)[number]['key']

const countOfGlyph: Record<ReturnType<typeof lookOf>['glyph'], CountKey | null> = {
  running: 'running',
  slow: 'slow',
  silent: 'silent',
  heavy: 'heavy',
  'starting-0': 'starting',
  'starting-1': 'starting',
  'starting-2': 'starting',
  stopping: 'stopping',
  retry: 'retrying',
  failed: 'failed',
  signin: 'signin',
  locked: 'needVault',
  asks: 'asking',
  stopped: null,
  idle: null,
}

/** The bar at the bottom: how many servers are in which state, and how the host is. */
export function StatusBar(): React.JSX.Element {
  const { t } = useTranslation('app')
  const { total, ...counts } = useServers(
    useShallow(({ byId }) => {
      const sums: Partial<Record<CountKey, number>> = {}
      for (const server of byId.values()) {
        const key = countOfGlyph[lookOf(server, 0).glyph]
        if (key !== null) sums[key] = (sums[key] ?? 0) + 1
      }
      return { total: byId.size, ...sums }
    }),
  )
  const isLost = useConnection((state) => state.connection.status === 'lost')
  const vault = useHostInfo((state) => state.info?.vault)
  const endpoint = useHostInfo((state) => state.info?.endpoint ?? null)
  const shown = counted.filter(({ key }) => (counts[key] ?? 0) > 0)
  return (
    <footer
      aria-label={t('status.label')}
      className="t-12 col-span-2 flex items-center gap-4 overflow-hidden whitespace-nowrap border-line border-t bg-rail px-3 text-ink-2 tabular-nums"
    >
      {shown.map(({ key, glyph, tone }) => (
        <span key={key} className="inline-flex items-center gap-1">
          <span data-tone={tone}>
            <StateGlyph name={glyph} size={12} />
          </span>
          {t(`status.${key}`, { count: counts[key] ?? 0 })}
        </span>
      ))}
      {shown.length === 0 && (
        <span className="inline-flex items-center gap-1">
          <span data-tone="off">
            <StateGlyph name="stopped" size={12} />
          </span>
          {t(total === 0 ? 'status.noServers' : 'status.allStopped')}
        </span>
      )}
      <span className="ml-auto max-narrow:hidden">
        <UsageWord />
      </span>
      <span className="inline-flex items-center gap-1 max-narrow:ml-auto max-low:hidden">
        <Waypoints size={12} strokeWidth={2} className="text-ink-3" aria-hidden />
        {endpoint === null ? null : new URL(endpoint).host}
      </span>
      {vault !== undefined && (
        <span className="inline-flex items-center gap-1">
          <KeyRound size={12} strokeWidth={2} className="text-ink-3" aria-hidden />
          {t(vaultText(vault))}
        </span>
      )}
      {isLost ? (
        <span data-tone="bad" className="inline-flex items-center gap-1 text-tone">
          <Unplug size={12} strokeWidth={2} aria-hidden />
          {t('status.lost')}
        </span>
      ) : (
        <HostWord />
      )}
    </footer>
  )
}

/** What all servers take together; absent while none runs. */
function UsageWord(): React.JSX.Element | null {
  const { t } = useTranslation('app')
  const own = useResources((state) => state.own.now)
  const { cpuPercent, memoryBytes } = useResources(
    useShallow(({ byServer }) => {
      const all = Array.from(byServer.values(), ({ now }) => now).filter((now) => now !== null)
      return {
        cpuPercent: all.reduce((sum, now) => sum + now.cpuPercent, 0),
        memoryBytes: all.reduce((sum, now) => sum + now.memoryBytes, 0),
      }
    }),
  )
  if (own === null || memoryBytes === 0) return null
  return (
    <Tooltip text={t('status.usageHint', textsOf(own))} side="top">
      <span>{t('status.usage', textsOf({ cpuPercent, memoryBytes }))}</span>
    </Tooltip>
  )
}

function textsOf({ cpuPercent, memoryBytes }: Pick<ResourceSample, 'cpuPercent' | 'memoryBytes'>) {
  return { cpu: formatPercent(cpuPercent / 100), memory: formatMemory(memoryBytes) }
}

/** Whose servers these are. */
function HostWord(): React.JSX.Element {
  const { t } = useTranslation('app')
  const pid = useDesktop(({ state }) => (state.isDesktop ? (state.attachedTo?.pid ?? null) : null))
  const word = (
    <span className="inline-flex items-center gap-1 max-low:hidden">
      <Laptop size={12} strokeWidth={2} className="text-ink-3" aria-hidden />
      {pid === null ? t('status.host') : t('status.attached', { pid })}
    </span>
  )
  return pid === null ? (
    word
  ) : (
    <Tooltip text={t('status.attachedHint')} side="top">
      {word}
    </Tooltip>
  )
}

function vaultText({ kind, state }: VaultStatus) {
  if (kind === 'none' || state === 'unavailable') return 'status.vault.none'
  const isReady = state === 'ready'
  if (kind === 'keychain') {
    return isReady ? 'status.vault.keychainReady' : 'status.vault.keychainLocked'
  }
  return isReady ? 'status.vault.fileReady' : 'status.vault.fileLocked'
}
