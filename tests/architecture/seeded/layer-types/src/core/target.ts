export type Target = string
