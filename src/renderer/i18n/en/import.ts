/** The texts of features/import. */
export const imports = {
  title: 'Import servers',
} as const
