/**
 * The columns of head and rows. They drop by the width of the table: first the last error, then what the server takes, then
 * the type and the button that mends; state and switch never. The button has a column of its own, so that nothing comes to
 * stand under the mouse when a state changes.
 */
export const rowColumns =
  'grid items-center gap-x-3 px-4 grid-cols-[minmax(136px,1fr)_minmax(112px,1.1fr)_36px_32px] @min-[620px]/table:grid-cols-[minmax(140px,1fr)_minmax(160px,1.4fr)_48px_44px_104px_32px] @min-[728px]/table:grid-cols-[minmax(124px,1fr)_minmax(124px,1.4fr)_44px_44px_96px_60px_88px_32px] @min-[1020px]/table:grid-cols-[minmax(160px,1fr)_192px_48px_44px_96px_60px_minmax(144px,2fr)_112px_32px]'

/** Shown where there is space for the type, and for the button that mends. */
export const onlyMedium = '@max-[619.9px]/table:hidden'

/** Shown where there is space for what the server takes. */
export const onlyMeasured = '@max-[727.9px]/table:hidden'

/** Shown where there is space for the reason beside the word of the state, and the last error has no column of its own. */
export const onlyMiddle = '@max-[619.9px]/table:hidden @min-[1020px]/table:hidden'

/** Shown where the last error has a column of its own. */
export const onlyWide = '@max-[1019.9px]/table:hidden'
