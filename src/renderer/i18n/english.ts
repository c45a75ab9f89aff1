import { app } from './en/app.ts'
import { parts } from './en/parts.ts'
import { ui } from './en/ui.ts'

/** The English texts by namespace: one file per feature in ./en. */
export const english = { app, parts, ui } as const
