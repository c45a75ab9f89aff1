/** The box of a control one types into or chooses from: border, ground, focus and error, without height and padding. */
export const controlBox =
  'min-w-0 rounded-md border border-line-control bg-control text-ink placeholder:text-ink-3 placeholder:opacity-100 focus-visible:-outline-offset-1 aria-invalid:border-bad disabled:border-line disabled:bg-sunken disabled:text-ink-3 transition-colors duration-(--fast)'

/** A text that can be read and copied but not changed. For inputs only: to CSS, a button is always read-only. */
export const readOnlyBox = 'read-only:bg-sunken'

/** What floats above the page: menus and lists of choices. */
export const popupBox =
  'popup z-50 max-h-(--available-height) overflow-auto rounded-lg border border-line-strong bg-raised p-1 text-ink shadow-pop outline-none'

/** One line in such a list. */
export const popupItem =
  'flex min-h-7 items-center gap-2 rounded-sm px-2 py-1 select-none outline-none data-disabled:text-ink-3 data-highlighted:bg-selected'
