import type { LucideIcon } from 'lucide-react'
import * as React from 'react'
import { create } from 'zustand'

/** Something that a person can do from the palette, by keys, or both. */
export interface Command {
  /** Unique while it is registered, such as `go.servers`. */
  readonly id: string
  /** The heading in the palette and the key sheet. */
  readonly group: string
  readonly title: string
  readonly icon: LucideIcon | null
  /** Keys as `matchesKeys` reads them: `Mod+K`, `?`, `G S`. Null: the palette only. */
  readonly keys: string | null
  /** False: by keys only, because it makes no sense from the palette. */
  readonly inPalette: boolean
  readonly run: () => void
}

interface CommandsState {
  readonly byId: ReadonlyMap<string, Command>
}

/** The commands of what is on the screen, in the order in which they were registered. */
export const useCommandRegistry = create<CommandsState>(() => ({ byId: new Map() }))

/** Offers commands while the component is mounted. */
export function useCommands(commands: readonly Command[]): void {
  React.useEffect(() => {
    useCommandRegistry.setState(({ byId }) => ({
      byId: new Map([...byId, ...commands.map((command) => [command.id, command] as const)]),
    }))
    return () => {
      useCommandRegistry.setState(({ byId }) => {
        const next = new Map(byId)
        for (const command of commands) {
          // Another component may have registered the same id since.
          if (next.get(command.id) === command) next.delete(command.id)
        }
        return { byId: next }
      })
    }
  }, [commands])
}
