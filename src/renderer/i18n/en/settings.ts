/** The texts of features/settings. */
export const settings = {
  title: 'Settings',
} as const
