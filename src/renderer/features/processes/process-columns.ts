/** The columns of head and rows. They drop by the width of the table: first how it is known, then the client, then the age. */
export const processColumns =
  'grid items-center gap-x-3 px-4 grid-cols-[minmax(120px,1fr)_104px_56px_60px_64px] @min-[560px]/table:grid-cols-[minmax(140px,1fr)_104px_minmax(88px,0.7fr)_56px_64px_52px_64px] @min-[760px]/table:grid-cols-[minmax(160px,1.4fr)_112px_104px_minmax(104px,1fr)_60px_80px_56px_68px]'

/** Shown where there is space for the client and the age. */
export const fromMedium = '@max-[559.9px]/table:hidden'

/** Shown where there is space for how it is known. */
export const fromWide = '@max-[759.9px]/table:hidden'
