/** What the seeded violation imports. */
export const target = 1
