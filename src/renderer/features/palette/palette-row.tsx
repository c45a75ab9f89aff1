import { Command } from 'cmdk'
import type * as React from 'react'
import { classNames } from '../../ui/class-names.ts'

/** A group of results under its heading; absent when it is empty. */
export function PaletteGroup({
  heading,
  children,
}: {
  readonly heading: string
  readonly children: React.ReactNode
}): React.JSX.Element {
  return (
    <Command.Group
      heading={heading}
      className="[&+&]:mt-2 [&_[cmdk-group-heading]]:flex [&_[cmdk-group-heading]]:h-6 [&_[cmdk-group-heading]]:items-center [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:text-[0.75rem] [&_[cmdk-group-heading]]:text-ink-3"
    >
      {children}
    </Command.Group>
  )
}

/** One result: what it is at the left, what it does at the right. */
export function PaletteRow({
  value,
  icon,
  end,
  onSelect,
  children,
}: {
  /** Unique in the palette. */
  readonly value: string
  readonly icon: React.ReactNode
  readonly end?: React.ReactNode
  readonly onSelect: () => void
  readonly children: React.ReactNode
}): React.JSX.Element {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className={classNames(
        'flex h-9 items-center gap-2 whitespace-nowrap rounded-md px-2',
        'data-[selected=true]:bg-selected',
      )}
    >
      <span className="flex-none text-ink-3">{icon}</span>
      <span className="cut">{children}</span>
      {end !== undefined && (
        <span className="t-12 ml-auto flex flex-none items-center gap-2 pl-2 text-ink-3">
          {end}
        </span>
      )}
    </Command.Item>
  )
}

/** A text with the parts that matched in bold. */
export function Marked({
  text,
  ranges,
}: {
  readonly text: string
  readonly ranges: readonly (readonly [number, number])[]
}): React.JSX.Element {
  const parts: React.ReactNode[] = []
  let at = 0
  for (const [start, end] of ranges) {
    parts.push(text.slice(at, start), <b key={start}>{text.slice(start, end)}</b>)
    at = end
  }
  parts.push(text.slice(at))
  return <>{parts}</>
}
