import { accounts } from './en/accounts.ts'
import { actions } from './en/actions.ts'
import { activity } from './en/activity.ts'
import { app } from './en/app.ts'
import { errors } from './en/errors.ts'
import { imports } from './en/import.ts'
import { inputs } from './en/inputs.ts'
import { literals } from './en/literals.ts'
import { logs } from './en/logs.ts'
import { palette } from './en/palette.ts'
import { parts } from './en/parts.ts'
import { processes } from './en/processes.ts'
import { secrets } from './en/secrets.ts'
import { serverForm } from './en/server-form.ts'
import { servers } from './en/servers.ts'
import { settings } from './en/settings.ts'
import { tools } from './en/tools.ts'
import { ui } from './en/ui.ts'

/** The English texts by namespace: one file per feature in ./en. */
export const english = {
  accounts,
  actions,
  activity,
  app,
  errors,
  import: imports,
  inputs,
  literals,
  logs,
  palette,
  secrets,
  serverForm,
  parts,
  processes,
  servers,
  settings,
  tools,
  ui,
} as const
