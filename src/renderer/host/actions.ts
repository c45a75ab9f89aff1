import { create } from 'zustand'
import type { ActionEvent } from '../../shared/contract/actions.ts'
import { type AutomaticAction, rememberedActions } from '../../shared/domain/automatic-action.ts'

interface ActionsState {
  /** False until the host has told all of them once. */
  readonly isKnown: boolean
  /** The newest first. */
  readonly actions: readonly AutomaticAction[]
}

/** What the program did by itself, live. */
export const useActions = create<ActionsState>(() => ({ isKnown: false, actions: [] }))

/** Takes in the events of one subscription: what the host remembers at first, which replaces what was known, then each action. */
export function createActionFeed(): (events: readonly ActionEvent[]) => void {
  let isReady = false
  let known: AutomaticAction[] = []
  return (events) => {
    for (const event of events) {
      if (event.type === 'action') known.unshift(event.action)
      if (event.type === 'cleared') known = []
      if (event.type === 'ready') isReady = true
    }
    known = known.slice(0, rememberedActions)
    if (isReady) useActions.setState({ isKnown: true, actions: [...known] })
  }
}
