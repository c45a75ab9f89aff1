/** The darkened page behind a dialog. */
export const dialogScrim =
  'fixed inset-0 z-40 bg-scrim transition-opacity duration-(--base) data-starting-style:opacity-0 data-ending-style:opacity-0'

/** Where a dialog stands: in the middle, a little high. */
export const dialogFrame =
  'fixed inset-0 z-40 flex items-start justify-center px-4 pt-[min(96px,8vh)] pb-4'

/** The dialog itself. */
export const dialogBox =
  'popup relative flex max-h-full w-full flex-col gap-3 rounded-xl border border-line-strong bg-raised p-5 text-ink shadow-dialog outline-none'
