/** Words that parts of the design system bring along. */
export const ui = {
  copy: 'Copy',
  copied: 'Copied',
  close: 'Close',
} as const
