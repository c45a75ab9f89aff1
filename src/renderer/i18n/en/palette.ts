/** The texts of features/palette. */
export const palette = {
  title: 'Palette',
} as const
