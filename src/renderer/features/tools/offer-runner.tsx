import { Play } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { useCommands } from '../../app/commands.ts'
import { matchesChord } from '../../app/keys.ts'
import { onMac } from '../../ui/key-caps.ts'
import { textArgs } from './call-text.ts'
import type { Offer } from './offer.ts'
import { offerKey } from './offer.ts'
import { OfferArguments } from './offer-arguments.tsx'
import { canSend, changeOfferForm, currentForm, useOfferForm } from './offer-forms.ts'
import { runOffer, useOfferRuns } from './offer-runs.ts'
import { RunBar } from './run-bar.tsx'
import { RunOutcome } from './run-outcome.tsx'
import { isJsonObject } from './schema-form/json-path.ts'
import { localProblems } from './schema-form/local-problems.ts'
import { expandTemplate } from './uri-template.ts'
import { useArgsCheck } from './use-args-check.ts'

/** The arguments of an offer, its run, and what came back. */
export function OfferRunner({ offer }: { readonly offer: Offer }): React.JSX.Element {
  const { t } = useTranslation('tools')
  const shown = useOfferForm(offer)
  const { form, showsAll } = shown
  const newest = useOfferRuns(({ byKey }) => byKey.get(offerKey(offer)))
  const { problems, checkNow } = useArgsCheck(offer, form.args)
  const place = React.useRef<HTMLDivElement>(null)
  const [refusals, setRefusals] = React.useState(0)
  const unfit = new Set([
    ...localProblems(offer.schema, form).keys(),
    ...problems.map(({ path }) => path),
  ]).size
  const start = async (anyway: boolean) => {
    // What the person typed last may not be rendered yet.
    const now = currentForm(offer)
    const fits =
      anyway ||
      (localProblems(offer.schema, now.form).size === 0 &&
        (await checkNow(now.form.args)).length === 0)
    if (!canSend(now) || !fits) {
      changeOfferForm(offer, (last) => ({ ...last, showsAll: true }))
      setRefusals((count) => count + 1)
      return
    }
    await runOffer(offer, now.form.args)
  }
  // A run ends in the store, with its errors.
  const run = (anyway: boolean) => void start(anyway)
  React.useEffect(() => {
    if (refusals === 0) return
    place.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [refusals])
  useCommands([
    {
      id: 'tools.run',
      group: t('title'),
      title: t(offer.kind === 'tool' ? 'run' : offer.kind === 'prompt' ? 'get' : 'read'),
      icon: Play,
      keys: 'Mod+Enter',
      inPalette: true,
      run: () => run(false),
    },
  ])
  const runOnKey = (event: React.KeyboardEvent) => {
    if (!matchesChord('Mod+Enter', event, onMac())) return
    event.preventDefault()
    event.stopPropagation()
    run(false)
  }
  const schema = isJsonObject(offer.schema) ? offer.schema : {}
  const takesArguments =
    offer.kind !== 'resource' &&
    !(isJsonObject(schema['properties']) && Object.keys(schema['properties']).length === 0)
  return (
    // The key is for whatever stands in here.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      ref={place}
      className="flex flex-col gap-4"
      onKeyDownCapture={(event) => {
        // The editor of JSON would take it for a new line.
        const isInEditor =
          event.target instanceof Element && event.target.closest('.cm-editor') !== null
        if (isInEditor) runOnKey(event)
      }}
      // Here, because a list that one chooses from takes the key for its own.
      onKeyDown={runOnKey}
    >
      {takesArguments && <OfferArguments offer={offer} problems={problems} />}
      {!takesArguments && offer.kind !== 'resource' && (
        <p className="text-ink-3">{t('noArguments')}</p>
      )}
      {offer.kind === 'template' && (
        <p className="flex flex-wrap gap-2">
          <span className="t-12 text-ink-3">{t('uri')}</span>
          <code className="wrap-anywhere">{expandTemplate(offer.name, textArgs(form.args))}</code>
        </p>
      )}
      <RunBar
        offer={offer}
        run={newest}
        onRun={() => run(false)}
        onRunAnyway={showsAll && unfit > 0 && canSend(shown) ? () => run(true) : null}
        unfit={showsAll ? unfit : 0}
        hasArguments={takesArguments}
      />
      {newest !== undefined && newest.status !== 'running' && (
        <RunOutcome offer={offer} run={newest} />
      )}
    </div>
  )
}
