import { Menu as Base } from '@base-ui/react/menu'
import { Check, type LucideIcon } from 'lucide-react'
import type * as React from 'react'
import { assertNever } from '../../shared/lib/assert-never.ts'
import { classNames } from './class-names.ts'
import { popupItem } from './control-classes.ts'
import { Keys } from './keys.tsx'

/** One line of a menu. Labels are unique within a menu. */
export type MenuEntry =
  | {
      readonly kind: 'item'
      readonly label: string
      readonly icon?: LucideIcon | undefined
      /** Only shown: whoever owns the key listens for it. */
      readonly keys?: string | undefined
      /** A quieter text after the label: why it cannot be chosen, or what it means. */
      readonly hint?: string | undefined
      readonly danger?: boolean | undefined
      readonly disabled?: boolean | undefined
      readonly onSelect: () => void
    }
  | {
      readonly kind: 'check'
      readonly label: string
      readonly checked: boolean
      readonly onChange: (checked: boolean) => void
    }
  | { readonly kind: 'separator' }
  | {
      readonly kind: 'group'
      readonly label: string
      readonly entries: readonly MenuEntry[]
    }

/** The lines of a menu or context menu. */
export function MenuEntries({
  entries,
}: {
  readonly entries: readonly MenuEntry[]
}): React.JSX.Element[] {
  return entries.map((entry, index) => {
    switch (entry.kind) {
      case 'item':
        return <Item key={entry.label} {...entry} />
      case 'check':
        return (
          <Base.CheckboxItem
            key={entry.label}
            checked={entry.checked}
            onCheckedChange={entry.onChange}
            className={popupItem}
          >
            <span className="size-3.5 flex-none">
              <Base.CheckboxItemIndicator>
                <Check size={14} strokeWidth={2} aria-hidden />
              </Base.CheckboxItemIndicator>
            </span>
            {entry.label}
          </Base.CheckboxItem>
        )
      case 'separator':
        return (
          // A separator has no name; its place is what tells it from another.
          <Base.Separator key={`line-${index}`} className="my-1 border-t border-line" />
        )
      case 'group':
        return (
          <Base.Group key={entry.label}>
            <Base.GroupLabel className="t-12 flex h-6 items-center px-2 text-ink-3">
              {entry.label}
            </Base.GroupLabel>
            <MenuEntries entries={entry.entries} />
          </Base.Group>
        )
      default:
        return assertNever(entry)
    }
  })
}

function Item({
  label,
  icon: Icon,
  keys,
  hint,
  danger = false,
  disabled = false,
  onSelect,
}: MenuEntry & { readonly kind: 'item' }): React.JSX.Element {
  return (
    <Base.Item
      onClick={onSelect}
      disabled={disabled}
      label={label}
      className={classNames(popupItem, danger && 'text-bad')}
    >
      {Icon !== undefined && (
        <Icon
          size={14}
          strokeWidth={1.75}
          className={classNames('flex-none', !danger && 'text-ink-3')}
          aria-hidden
        />
      )}
      <span className="whitespace-nowrap">{label}</span>
      {hint !== undefined && <span className="t-12 text-ink-3">{hint}</span>}
      {keys !== undefined && <Keys keys={keys} className="ml-auto pl-4" />}
    </Base.Item>
  )
}
