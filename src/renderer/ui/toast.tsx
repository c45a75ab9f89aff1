import { Toast as Base } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import { IconButton } from './icon-button.tsx'
import { type GlyphName, StateGlyph } from './state-glyph.tsx'
import type { Tone } from './tone.ts'

/** A short message. */
export interface ToastOptions {
  readonly tone: Tone
  /** Other than the tone's own. */
  readonly glyph?: GlyphName | undefined
  /** One sentence. */
  readonly text: string
  /** One thing to do about it, such as Undo; pressing it closes the toast. */
  readonly action?: { readonly label: string; readonly onSelect: () => void } | undefined
  /** How long it stays, in milliseconds, not counting while the pointer or the focus is on it; 0: until it is dismissed. */
  readonly timeout?: number | undefined
}

interface ToastData {
  readonly options: ToastOptions
}

/** Texts stay for 6 s, those that ask for a decision or tell of a failure for 12 s. */
const short = 6_000
const long = 12_000

const glyphs: Record<Tone, GlyphName> = {
  ok: 'running',
  busy: 'starting-1',
  wait: 'slow',
  bad: 'failed',
  you: 'asks',
  off: 'stopped',
}

const manager = Base.createToastManager<ToastData>()

/** Shows a message above the status bar, read aloud politely; from anywhere, also outside of React. Returns what closes it. */
export function toast(options: ToastOptions): () => void {
  const stays = options.action !== undefined || options.tone === 'bad' ? long : short
  const id = manager.add({
    title: options.text,
    timeout: options.timeout ?? stays,
    data: { options },
  })
  return () => manager.close(id)
}

/**
 * Where toasts appear: once, below the page. They take their room from it, so that they never lie on a button of its foot or
 * on its last row; dialogs lie below them. F6 moves the focus to them.
 */
export function ToastHost(): React.JSX.Element {
  return (
    <Base.Provider toastManager={manager} limit={4}>
      {/* The guards of the focus beside the viewport stay in here. */}
      <div className="flex-none">
        <Base.Viewport className="flex flex-col-reverse items-end gap-2 px-4 outline-none has-[>*]:border-t has-[>*]:border-line has-[>*]:bg-rail has-[>*]:py-2">
          <ToastList />
        </Base.Viewport>
      </div>
    </Base.Provider>
  )
}

function ToastList(): React.JSX.Element[] {
  const { t } = useTranslation('ui')
  const { toasts, close } = Base.useToastManager<ToastData>()
  return toasts.flatMap((item) => {
    const options = item.data?.options
    if (options === undefined) return []
    const { action, tone, glyph } = options
    return [
      <Base.Root
        key={item.id}
        toast={item}
        swipeDirection={[]}
        className="popup relative z-60 w-full max-w-[480px] rounded-lg border border-line-strong bg-raised shadow-pop data-limited:hidden"
      >
        <Base.Content className="flex min-h-10 items-center gap-2 py-1 pr-1 pl-3">
          <span data-tone={tone} className="flex-none">
            <StateGlyph name={glyph ?? glyphs[tone]} />
          </span>
          <Base.Title render={<span />} className="min-w-0 flex-1 py-1 wrap-anywhere" />
          {action !== undefined && (
            <Button
              variant="ghost"
              size="sm"
              onClick={() => {
                close(item.id)
                action.onSelect()
              }}
            >
              {action.label}
            </Button>
          )}
          <IconButton icon={X} size="sm" label={t('dismiss')} onClick={() => close(item.id)} />
        </Base.Content>
      </Base.Root>,
    ]
  })
}
