/** The texts of features/tools. */
export const tools = {
  title: 'Tools',
} as const
