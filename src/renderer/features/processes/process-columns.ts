/** The columns of head and rows. They drop by the width of the table: first how it is known, then the client, then the age. */
export const processColumns =
  'grid items-center gap-x-3 px-4 grid-cols-[minmax(120px,1fr)_88px_56px_56px_64px] @min-[640px]/table:grid-cols-[minmax(132px,1fr)_96px_minmax(88px,0.7fr)_56px_72px_56px_64px] @min-[820px]/table:grid-cols-[minmax(140px,1.4fr)_104px_96px_minmax(104px,1fr)_60px_76px_56px_68px]'

/** Shown where there is space for the client and the age. */
export const fromMedium = '@max-[639.9px]/table:hidden'

/** Shown where there is space for how it is known. */
export const fromWide = '@max-[819.9px]/table:hidden'
