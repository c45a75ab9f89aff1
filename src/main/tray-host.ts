import { SessionBus } from './session-bus.ts'

/** Who shows tray icons on a Linux desktop (StatusNotifierItem). Stock GNOME has none. */
export const trayHostName = 'org.kde.StatusNotifierWatcher'

/**
 * Tells whether this desktop shows tray icons, at once and whenever that changes: a panel may start after us. macOS and Windows
 * always do. Where there is no session bus nobody does. Never rejects.
 */
export async function watchTrayHost(
  platform: NodeJS.Platform,
  busAddress: string | undefined,
  listener: (hasTray: boolean) => void,
): Promise<void> {
  if (platform !== 'linux') return listener(true)
  if (busAddress === undefined || busAddress === '') return listener(false)
  try {
    const bus = await SessionBus.connect(busAddress)
    await bus.watchOwner(trayHostName, listener)
    listener(await bus.hasOwner(trayHostName))
    void bus.closed.then(() => listener(false))
  } catch {
    // No bus, no tray: that is the answer.
    listener(false)
  }
}
