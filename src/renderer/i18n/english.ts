import { app } from './en/app.ts'
import { ui } from './en/ui.ts'

/** The English texts by namespace: one file per feature in ./en. */
export const english = { app, ui } as const
