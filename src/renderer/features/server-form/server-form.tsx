import { zodResolver } from '@hookform/resolvers/zod'
import { ClipboardPaste, Save } from 'lucide-react'
import * as React from 'react'
import { useForm, useFormState, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type { DraftInput } from '../../../shared/contract/servers.ts'
import type { ServerDefinition } from '../../../shared/domain/server-definition.ts'
import { useCommands } from '../../app/commands.ts'
import { go, home } from '../../app/route.ts'
import { Button } from '../../ui/button.tsx'
import { Case } from '../../ui/case.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { PageBar } from '../../ui/page-bar.tsx'
import { toast } from '../../ui/toast.tsx'
import { putIntoInbox } from '../import/import-inbox.ts'
import { CommandFields, IdentityFields, RemoteFields } from './basic-fields.tsx'
import { ConflictCase } from './conflict-case.tsx'
import {
  emptyValues,
  inputValuesOf,
  isTypedSecret,
  toDraft,
  toPreviewDraft,
  valuesOf,
} from './draft-of.ts'
import { filledWith } from './fill-values.ts'
import { FormFoot } from './form-foot.tsx'
import { formSchemaFor } from './form-issues.ts'
import type { FormValues } from './form-values.ts'
import { InputFields } from './input-fields.tsx'
import { isNameTaken } from './is-name-taken.ts'
import { LaunchPreviewPanel } from './launch-preview.tsx'
import { LimitFields } from './limit-fields.tsx'
import { mergeValues } from './merge-values.ts'
import { parseSnippet } from './parse-snippet.ts'
import { PasteDialog } from './paste-dialog.tsx'
import { SaveProblem } from './save-problem.tsx'
import type { SnippetServer } from './snippet-server.ts'
import { TestPanel } from './test-panel.tsx'
import { UpkeepFields } from './upkeep-fields.tsx'
import { useConnectionTest } from './use-connection-test.ts'
import { useEscapeIn } from './use-escape-in.ts'
import { useLeaveGuard } from './use-leave-guard.ts'
import { usePreview } from './use-preview.ts'
import { useSave } from './use-save.ts'

/** The form of a server with, beside it, exactly what it will run and a test of it. */
export function ServerForm({
  before,
  offered,
}: {
  /** What a link asks for, to begin a new server with; null: nothing. */
  readonly offered: SnippetServer | null
  /** The server that is edited, as it was when the form opened; null: a new one. */
  readonly before: ServerDefinition | null
}): React.JSX.Element {
  const { t } = useTranslation('serverForm')
  const [opened, setOpened] = React.useState(before)
  const { control, handleSubmit, setError, getValues, reset, trigger } = useForm<FormValues>({
    resolver: zodResolver(formSchemaFor((name) => isNameTaken(name, opened))),
    defaultValues: opened === null ? beginning(offered) : valuesOf(opened),
    mode: 'onTouched',
  })
  const { isDirty, isSubmitting, isSubmitSuccessful } = useFormState({ control })
  // Every field is registered below, so each is there.
  const values = useWatch({ control }) as FormValues
  const guard = useLeaveGuard(isDirty && !isSubmitSuccessful)
  const [isPasting, setPasting] = React.useState(false)
  const test = useConnectionTest()
  const [tested, setTested] = React.useState('')
  const { problem, conflict, forgetConflict, save } = useSave(opened, setError)
  const isStdio = values.transport === 'stdio'
  const isEmpty = (isStdio ? values.command : values.url).trim() === ''
  const preview = usePreview(
    isEmpty
      ? null
      : {
          id: opened?.id ?? null,
          draft: { ...toPreviewDraft(values), name: values.name.trim() || t('form') },
          inputValues: {},
        },
  )

  const submit = (start: boolean) => void handleSubmit((given) => save(given, start))()
  const cancel = () =>
    go(opened === null ? home : { page: 'servers', serverId: opened.id, tab: 'overview' })
  const startTest = () => {
    void trigger(isStdio ? ['command', 'env'] : ['url', 'headers'], { shouldFocus: true }).then(
      (isValid) => {
        if (!isValid) return
        const given = getValues()
        setTested(JSON.stringify(given))
        const draft = { ...toDraft(given), name: given.name.trim() || t('form') }
        const input: DraftInput = {
          id: opened?.id ?? null,
          draft,
          inputValues: inputValuesOf(given),
        }
        test.start(input)
      },
    )
  }
  const fill = (server: SnippetServer) => {
    reset(filledWith(getValues(), server), { keepDefaultValues: true })
    toast({ tone: 'off', text: t(opened === null ? 'paste.filled' : 'paste.filledOver') })
  }
  const takeSide = (side: 'mine' | 'theirs') => {
    if (opened === null || conflict === null) return
    const theirs = valuesOf(conflict.newest)
    const { values: chosen } = mergeValues(valuesOf(opened), getValues(), theirs, side)
    setOpened(conflict.newest)
    reset(theirs)
    reset(chosen, { keepDefaultValues: true })
    forgetConflict()
  }
  const onPasteCommand = (event: React.ClipboardEvent) => {
    const text = event.clipboardData.getData('text')
    if (!/\s/.test(text.trim())) return
    const snippet = parseSnippet(text)
    if (snippet.kind !== 'server' || !isReplacedWhole(event.target)) return
    event.preventDefault()
    fill(snippet.server)
  }
  const form = React.useRef<HTMLFormElement>(null)
  useEscapeIn(form, cancel)
  useCommands([
    {
      id: 'form.save',
      group: t('form'),
      title: t('save'),
      icon: Save,
      keys: 'Mod+Enter',
      inPalette: true,
      run: () => submit(false),
    },
    {
      id: 'form.cancel',
      group: t('form'),
      title: t('cancel'),
      icon: null,
      keys: 'Esc',
      inPalette: false,
      run: cancel,
    },
  ])

  return (
    <>
      <PageBar title={opened === null ? t('addTitle') : t('editTitle', { name: opened.name })}>
        <Button icon={ClipboardPaste} onClick={() => setPasting(true)}>
          {t('paste.open')}
        </Button>
      </PageBar>
      <form
        aria-label={t('form')}
        ref={form}
        noValidate
        className="flex min-h-0 flex-1 flex-col"
        onSubmit={(event) => event.preventDefault()}
      >
        <div className="scroll flex min-h-0 flex-1 max-low:flex-col">
          <div className="scroll flex min-w-0 flex-1 flex-col max-low:flex-none max-low:overflow-visible">
            <div className="flex w-full max-w-[640px] flex-col gap-4 p-5">
              {offered !== null && (
                <Case tone="you" glyph="signin" level={2} title={t('link.title')}>
                  <p>{t('link.text')}</p>
                </Case>
              )}
              {problem !== null && <SaveProblem problem={problem} />}
              {conflict !== null && <ConflictCase fields={conflict.fields} onTake={takeSide} />}
              {opened !== null && 'reason' in opened.transport && (
                <p role="note" className="text-ink-2">
                  {t('noTransport', { reason: opened.transport.reason })}
                </p>
              )}
              {opened !== null && opened.inputs.length > 0 && (
                <InputFields
                  control={control}
                  inputs={opened.inputs}
                  problem={preview.preview?.problem ?? null}
                />
              )}
              <IdentityFields control={control} />
              {isStdio ? (
                <CommandFields
                  control={control}
                  problem={preview.preview?.problem ?? null}
                  onPasteCommand={onPasteCommand}
                />
              ) : (
                <RemoteFields control={control} />
              )}
              <LimitFields control={control} />
              <UpkeepFields control={control} />
            </div>
          </div>
          <aside
            aria-label={t('preview.label')}
            className="scroll flex w-(--w-pane) flex-none flex-col gap-5 border-line border-l p-4 max-low:w-auto max-low:overflow-visible max-low:border-t max-low:border-l-0"
          >
            {/* Above what grows while a person types: a button that moves under the pointer loses the click. */}
            <TestPanel
              run={test.run}
              isStdio={isStdio}
              isStale={tested !== JSON.stringify(values)}
              onStart={startTest}
              onCancel={test.cancel}
            />
            <LaunchPreviewPanel
              state={preview}
              isStdio={isStdio}
              typedSecrets={
                new Set(
                  [...values.env, ...values.headers]
                    .filter(isTypedSecret)
                    .map(({ name }) => name.trim()),
                )
              }
            />
          </aside>
        </div>
        <FormFoot isSaving={isSubmitting} onCancel={cancel} onSave={submit} />
      </form>
      <PasteDialog
        open={isPasting}
        onOpenChange={setPasting}
        onFill={fill}
        onImport={(text) => {
          putIntoInbox({ name: t('paste.label'), text })
          go({ page: 'import' })
        }}
      />
      <ConfirmDialog
        open={guard.asked !== null}
        onOpenChange={(open) => {
          if (!open) guard.stay()
        }}
        title={t('leave.title')}
        text={t('leave.text')}
        confirm={t('leave.confirm')}
        onConfirm={guard.leave}
      />
    </>
  )
}

/** The fields of a new server: empty, or as a link asks for them. */
function beginning(offered: SnippetServer | null): FormValues {
  return offered === null ? emptyValues : filledWith(emptyValues, offered)
}

/** Whether what is pasted stands alone in the input afterwards. */
function isReplacedWhole(target: EventTarget): boolean {
  if (!(target instanceof HTMLInputElement)) return false
  const { value, selectionStart, selectionEnd } = target
  const rest = value.slice(0, selectionStart ?? 0) + value.slice(selectionEnd ?? 0)
  return rest.trim() === ''
}
