import * as React from 'react'
import type { UseFormSetError } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { toAppError } from '../../../shared/contract/rpc-error.ts'
import type { ErrorText } from '../../../shared/domain/describe-error.ts'
import type { ServerDefinition } from '../../../shared/domain/server-definition.ts'
import type { ServerView } from '../../../shared/domain/server-view.ts'
import { go } from '../../app/route.ts'
import { host } from '../../host/connection.ts'
import { useServers } from '../../host/servers.ts'
import { errorText, thrownText } from '../../i18n/error-text.ts'
import { toast } from '../../ui/toast.tsx'
import { toDraft, toPatch, valuesOf } from './draft-of.ts'
import type { FormValues } from './form-values.ts'
import { type MergedField, mergeValues } from './merge-values.ts'

/** Fields that were changed here and elsewhere since the form was opened. */
export interface SaveConflict {
  readonly fields: readonly MergedField[]
  /** The server as it is now. */
  readonly newest: ServerDefinition
}

/** Saves the form. */
export interface Save {
  /** Why the last try failed, where no field is to blame. */
  readonly problem: ErrorText | null
  /** Why nothing was saved: whose change stands must be told first. Null: no conflict, or it was answered. */
  readonly conflict: SaveConflict | null
  /** The conflict was answered: the form holds what the person chose. */
  readonly forgetConflict: () => void
  /** Adds or changes the server and goes to it; with `start` it is switched on as well. */
  readonly save: (values: FormValues, start: boolean) => Promise<void>
}

/**
 * Saves a new server, or changes one. What was saved elsewhere since the form was opened stays, but for the fields that were
 * changed here. What fails is said at the field or above the form; nothing typed is lost.
 */
export function useSave(
  before: ServerDefinition | null,
  setError: UseFormSetError<FormValues>,
): Save {
  const { t } = useTranslation('serverForm')
  const [problem, setProblem] = React.useState<ErrorText | null>(null)
  const [conflict, setConflict] = React.useState<SaveConflict | null>(null)
  const save = async (given: FormValues, start: boolean) => {
    setProblem(null)
    const newest = before === null ? null : newestOf(before)
    const merged =
      before === null || newest === null
        ? { values: given, conflicts: [] }
        : mergeValues(valuesOf(before), given, valuesOf(newest), 'mine')
    if (newest !== null && merged.conflicts.length > 0) {
      // An error of the form as a whole keeps it from counting as saved.
      setError('root', { message: 'invalid' })
      setConflict({ fields: merged.conflicts, newest })
      return
    }
    setConflict(null)
    const saved = await store(merged.values, newest).catch((thrown: unknown) => {
      const error = toAppError(thrown)
      if (error.code === 'name_taken') {
        setError('name', { message: 'nameTaken' }, { shouldFocus: true })
      } else {
        setError('root', { message: 'invalid' })
        setProblem(errorText(error))
      }
      return null
    })
    if (saved === null) return
    const { id, name } = saved.definition
    go({ page: 'servers', serverId: id, tab: 'overview' }, { unasked: true })
    toast({ tone: 'ok', text: t(before === null ? 'added' : 'saved', { name }) })
    if (!start) return
    try {
      await host().servers.setEnabled({ id, enabled: true })
    } catch (thrown) {
      toast({ tone: 'bad', text: thrownText(thrown).title })
    }
  }
  return { problem, conflict, forgetConflict: () => setConflict(null), save }
}

/** The server as it is now. One that was removed meanwhile stays as it was: the host says that it is gone. */
function newestOf(before: ServerDefinition): ServerDefinition {
  return useServers.getState().byId.get(before.id)?.definition ?? before
}

async function store(values: FormValues, before: ServerDefinition | null): Promise<ServerView> {
  return before === null
    ? await host().servers.add(toDraft(values))
    : await host().servers.edit({ id: before.id, patch: toPatch(values, before) })
}
