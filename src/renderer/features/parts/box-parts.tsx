import { Ellipsis, RotateCw, SquareTerminal, Trash2 } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Case } from '../../ui/case.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { ContextMenu } from '../../ui/context-menu.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Field } from '../../ui/field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Keys } from '../../ui/keys.tsx'
import { Menu } from '../../ui/menu.tsx'
import type { MenuEntry } from '../../ui/menu-entries.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Steps } from '../../ui/steps.tsx'
import { TabPanel, Tabs } from '../../ui/tabs.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { toast } from '../../ui/toast.tsx'
import { Line, Part } from './part.tsx'
import { RowsPart } from './rows-part.tsx'

const stripe = { command: 'npx', args: ['-y', '@stripe/mcp@0.3.3', '--tools=all'] }

/** Rows, tabs, cases, what floats, what waits, what is empty. */
export function BoxParts(): React.JSX.Element {
  const { t } = useTranslation('parts')
  const [tab, setTab] = React.useState<'overview' | 'tools' | 'logs'>('overview')
  return (
    <>
      <Part title="rows">
        <RowsPart />
      </Part>
      <Part title="tabs">
        <Tabs
          label={t('tab.label')}
          items={[
            { value: 'overview', label: t('tab.overview') },
            { value: 'tools', label: t('tab.tools'), count: 14 },
            { value: 'logs', label: t('tab.logs') },
          ]}
          value={tab}
          onChange={setTab}
          flush
        >
          {(['overview', 'tools', 'logs'] as const).map((value) => (
            <TabPanel key={value} value={value} className="py-3 text-ink-2">
              {t(`tab.${value}`)}
            </TabPanel>
          ))}
        </Tabs>
      </Part>
      <Part title="cases">
        <Case
          tone="bad"
          glyph="failed"
          title={t('case.title')}
          actions={
            <>
              <Button variant="primary">{t('action.edit')}</Button>
              <Button>{t('action.log')}</Button>
              <CopyButton text={t('case.body')} size="md" className="ml-auto" />
            </>
          }
        >
          <p>{t('case.body')}</p>
          <Steps
            steps={[
              { label: t('case.config'), result: 'done', detail: t('case.configDetail') },
              { label: t('case.resolve'), result: 'failed', detail: t('case.resolveDetail') },
              { label: t('case.spawn'), result: 'now', detail: t('case.underWay') },
              { label: t('case.handshake'), result: 'open', detail: t('case.notReached') },
            ]}
          />
        </Case>
        <Case
          tone="you"
          glyph="held"
          title={t('case.held')}
          foot={<Button size="sm">{t('action.log')}</Button>}
        >
          <p>{t('case.heldBody')}</p>
        </Case>
      </Part>
      <Floating />
      <Part title="waiting">
        <Skeleton lines={2} lineHeight={20} />
        <Progress label={t('wait.install')} share={0.62} figures={t('wait.figures')} />
        <Progress label={t('wait.unknown')} share={null} />
      </Part>
      <Part title="empty">
        <EmptyState
          level={4}
          title={t('empty.title')}
          actions={
            <>
              <Button>{t('action.clear')}</Button>
              <Button variant="ghost">{t('action.everywhere')}</Button>
            </>
          }
        >
          <p>{t('empty.body')}</p>
        </EmptyState>
      </Part>
    </>
  )
}

function Floating(): React.JSX.Element {
  const { t } = useTranslation('parts')
  const [asks, setAsks] = React.useState(false)
  const [edits, setEdits] = React.useState(false)
  const [follows, setFollows] = React.useState(true)
  const entries: MenuEntry[] = [
    {
      kind: 'item',
      label: t('action.restart'),
      icon: RotateCw,
      keys: 'R',
      onSelect: () => toast({ tone: 'ok', text: t('toast.again') }),
    },
    {
      kind: 'item',
      label: t('action.terminal'),
      icon: SquareTerminal,
      keys: 'T',
      disabled: true,
      onSelect: () => undefined,
    },
    { kind: 'check', label: t('action.follow'), checked: follows, onChange: setFollows },
    { kind: 'separator' },
    {
      kind: 'item',
      label: t('action.removeMore'),
      icon: Trash2,
      danger: true,
      onSelect: () => setAsks(true),
    },
  ]
  const undo = () => toast({ tone: 'ok', text: t('toast.again') })
  return (
    <Part title="floating">
      <Line>
        <Button onClick={() => setAsks(true)}>{t('action.removeMore')}</Button>
        <Button onClick={() => setEdits(true)}>{t('action.dialog')}</Button>
        <Menu trigger={<IconButton icon={Ellipsis} label={t('action.menu')} />} entries={entries} />
        <Button
          onClick={() =>
            toast({
              tone: 'off',
              text: t('toast.removed'),
              action: { label: t('action.undo'), onSelect: undo },
            })
          }
        >
          {t('action.toast')}
        </Button>
        <Button onClick={() => toast({ tone: 'bad', text: t('toast.failed') })}>
          {t('action.failure')}
        </Button>
        <Keys keys="Mod+K" />
        <Keys keys="Up+Down+Enter" />
        <Keys keys="Shift+F10" />
      </Line>
      <ContextMenu entries={entries}>
        <div className="t-12 rounded-md border border-dashed border-line-strong p-2 text-ink-3">
          {t('action.context')}
        </div>
      </ContextMenu>
      <ConfirmDialog
        open={asks}
        onOpenChange={setAsks}
        title={t('dialog.title')}
        text={t('dialog.body')}
        command={stripe}
        confirm={t('action.remove')}
        onConfirm={() => toast({ tone: 'off', text: t('toast.removed') })}
      />
      <Dialog
        open={edits}
        onOpenChange={setEdits}
        title={t('dialog.editTitle')}
        description={t('dialog.editBody')}
        foot={
          <Button variant="primary" size="lg" onClick={() => setEdits(false)}>
            {t('action.save')}
          </Button>
        }
      >
        <Field label={t('field.name')}>
          <TextInput defaultValue="stripe" />
        </Field>
        <Field label={t('field.directory')}>
          <TextInput mono defaultValue="~" />
        </Field>
      </Dialog>
    </Part>
  )
}
