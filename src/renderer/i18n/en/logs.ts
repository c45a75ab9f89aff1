/** The texts of features/logs. */
export const logs = {
  title: 'Logs',
} as const
