import { Ellipsis, Play, Plus, RotateCw } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Field } from '../../ui/field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { NumberInput } from '../../ui/number-input.tsx'
import { PlainSwitch } from '../../ui/plain-switch.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { Toggles } from '../../ui/toggles.tsx'
import { Line, Part } from './part.tsx'

type Level = 'error' | 'warn' | 'info'

const transports = [
  { value: 'stdio', label: 'stdio' },
  { value: 'http', label: 'Streamable HTTP', hint: '2025-03-26' },
  { value: 'sse', label: 'HTTP + SSE', disabled: true },
]

/** Buttons, fields and choices. */
export function ControlParts(): React.JSX.Element {
  const { t } = useTranslation('parts')
  return (
    <>
      <Part title="buttons">
        <Line>
          <Button variant="primary">{t('action.install')}</Button>
          <Button>{t('action.retry')}</Button>
          <Button variant="ghost">{t('action.more')}</Button>
          <Button variant="danger">{t('action.delete')}</Button>
          <Button disabled>{t('action.disabled')}</Button>
          <Button variant="primary" disabled>
            {t('action.disabled')}
          </Button>
          <IconButton icon={RotateCw} label={t('action.restart')} keys="R" />
          <IconButton icon={Ellipsis} label={t('action.more')} size="sm" />
        </Line>
        <Line>
          <Button size="sm">{t('action.fix')}</Button>
          <Button size="sm" icon={RotateCw}>
            {t('action.restart')}
          </Button>
          <Button icon={Plus}>{t('action.add')}</Button>
          <Button variant="primary" icon={Play} keys="Mod+Enter">
            {t('action.run')}
          </Button>
          <Button keys="End">{t('action.follow')}</Button>
          <Button variant="primary" size="lg">
            {t('action.importAll')}
          </Button>
        </Line>
      </Part>
      <Fields />
      <Choices />
    </>
  )
}

function Fields(): React.JSX.Element {
  const { t } = useTranslation('parts')
  const [transport, setTransport] = React.useState('stdio')
  const [none, setNone] = React.useState<string | null>(null)
  const [search, setSearch] = React.useState('')
  const [found, setFound] = React.useState('postgres')
  const [timeout, setTimeoutSeconds] = React.useState<number | null>(30)
  const [auto, setAuto] = React.useState(true)
  return (
    <Part title="fields">
      <div className="grid grid-cols-2 items-start gap-x-4 gap-y-3">
        <Field label={t('field.name')} required>
          <TextInput defaultValue="postgres" />
        </Field>
        <Field label={t('field.directory')}>
          <TextInput mono placeholder="~/code/atlas" />
        </Field>
        <Field
          label={t('field.perPage')}
          code
          type={t('field.perPageType')}
          error={t('field.tooMuch')}
        >
          <TextInput defaultValue="500" />
        </Field>
        <Field label={t('field.transport')}>
          <Select options={transports} value={transport} onChange={setTransport} />
        </Field>
        <Field label={t('field.notes')} hint={t('field.notesHint')}>
          <TextArea rows={2} />
        </Field>
        <Field label={t('field.timeout')}>
          <NumberInput value={timeout} onChange={setTimeoutSeconds} min={1} max={5_000} unit="s" />
        </Field>
        <Field label={t('field.locked')}>
          <TextInput defaultValue="stdio" disabled />
        </Field>
        <Field label={t('field.autoStart')}>
          <PlainSwitch checked={auto} onChange={setAuto} />
        </Field>
        <SearchInput label={t('field.filter')} value={search} onChange={setSearch} slashKey />
        <SearchInput label={t('field.filter')} value={found} onChange={setFound} />
        <Line>
          <Select
            label={t('field.transport')}
            placeholder={t('field.choose')}
            size="sm"
            options={transports}
            value={none}
            onChange={setNone}
          />
          <Select
            label={t('field.locked')}
            options={transports}
            value={transport}
            onChange={setTransport}
            disabled
          />
        </Line>
      </div>
    </Part>
  )
}

function Choices(): React.JSX.Element {
  const { t } = useTranslation('parts')
  const [show, setShow] = React.useState<'all' | 'attention'>('all')
  const [levels, setLevels] = React.useState<Level[]>(['error', 'warn'])
  const [checked, setChecked] = React.useState(true)
  const [other, setOther] = React.useState(false)
  return (
    <Part title="choices">
      <Line>
        <Segmented
          label={t('field.show')}
          segments={[
            { value: 'all', label: t('field.all'), count: 2_344 },
            { value: 'attention', label: t('field.attention'), count: 4 },
          ]}
          value={show}
          onChange={setShow}
        />
        <Toggles
          label={t('field.level')}
          options={[
            {
              value: 'error',
              label: t('field.error'),
              count: 9,
              glyph: { name: 'failed', tone: 'bad' },
            },
            {
              value: 'warn',
              label: t('field.warn'),
              count: 23,
              glyph: { name: 'slow', tone: 'wait' },
            },
            { value: 'info', label: t('field.info'), count: 412 },
          ]}
          value={levels}
          onChange={setLevels}
        />
      </Line>
      <div className="flex flex-wrap items-center gap-4">
        <Checkbox checked={checked} onChange={setChecked}>
          {t('field.checked')}
        </Checkbox>
        <Checkbox checked={other} onChange={setOther}>
          {t('field.not')}
        </Checkbox>
        <Checkbox checked={false} indeterminate onChange={setOther}>
          {t('field.some')}
        </Checkbox>
        <Checkbox checked disabled onChange={setOther}>
          {t('field.locked')}
        </Checkbox>
        <Checkbox checked={other} onChange={setOther} label={t('field.not')} />
      </div>
    </Part>
  )
}
