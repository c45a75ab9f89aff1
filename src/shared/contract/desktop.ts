import * as z from 'zod'
import { secretNameSchema, serverIdSchema } from '../domain/ids.ts'
import { base } from './base.ts'
import { streamOf } from './streams.ts'

/** What a person can set for the desktop application on this machine. */
export const desktopSettingsSchema = z.object({
  /** Whether it starts when the person logs in, hidden in the tray where there is one. */
  startAtLogin: z.boolean(),
  /** What closing the window does. `ask`: the person has not said yet. */
  onClose: z.enum(['ask', 'tray', 'quit']),
  /** Whether failures of servers are shown as notifications. */
  notifications: z.boolean(),
  /** Whether newer versions are looked for. */
  checkForUpdates: z.boolean(),
})
export type DesktopSettings = z.infer<typeof desktopSettingsSchema>

/** A change of them: only what is given changes. */
export const desktopSettingsPatchSchema = desktopSettingsSchema.partial()
export type DesktopSettingsPatch = z.infer<typeof desktopSettingsPatchSchema>

/** `off`: this build never looks. `ready`: it is downloaded and replaces this version at the next start. */
export const updateStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.enum(['off', 'none', 'checking']) }),
  z.object({ state: z.enum(['downloading', 'ready']), version: z.string() }),
  z.object({ state: z.literal('failed'), reason: z.string() }),
])
export type UpdateState = z.infer<typeof updateStateSchema>

/** What the window has around it. */
export const desktopStateSchema = z.discriminatedUnion('isDesktop', [
  /** The page is in a browser. */
  z.object({ isDesktop: z.literal(false) }),
  z.object({
    isDesktop: z.literal(true),
    settings: desktopSettingsSchema,
    /** False where this desktop shows no tray icons: the program then ends with its window. */
    hasTray: z.boolean(),
    /** Whether Touch ID asks for the person before a secret is shown or copied. */
    hasTouchId: z.boolean(),
    /** The process whose servers are shown where it is not this one: another host owns the data directory; else null. */
    attachedTo: z.object({ pid: z.number().int() }).nullable(),
    update: updateStateSchema,
    /**
     * Set once the program is ending: how many servers have not stopped yet, and when those that still live are ended by force,
     * in milliseconds since the Unix epoch.
     */
    quitting: z
      .object({ remaining: z.number().int().nonnegative(), forcedAt: z.number() })
      .nullable(),
  }),
])
export type DesktopState = z.infer<typeof desktopStateSchema>

/**
 * Something from outside of the page that the page shows: a click on a notification, a link, a file that was opened. It shows
 * only; nothing of it is stored or run before the person says so there.
 */
export const desktopRequestSchema = z.discriminatedUnion('show', [
  z.object({ show: z.literal('server'), serverId: serverIdSchema }),
  z.object({ show: z.literal('servers') }),
  z.object({ show: z.literal('settings') }),
  /** The host that the window was attached to was stopped, and this program is the host now; servers are at rest. */
  z.object({ show: z.literal('taken-over') }),
  /** The form of a new server, filled with what a link asks for. */
  z.object({ show: z.literal('new-server'), text: z.string() }),
  /** The import screen, with a file's text. */
  z.object({ show: z.literal('import'), name: z.string(), text: z.string() }),
  /** A link or file that cannot be used, and why. */
  z.object({
    show: z.literal('refusal'),
    what: z.string(),
    reason: z.enum(['link', 'file_type', 'file_size', 'file_unreadable']),
  }),
])
export type DesktopRequest = z.infer<typeof desktopRequestSchema>

/** The window around the page. Only the desktop face has one: elsewhere the state says so, and the calls fail with `not_desktop`. */
export const desktopContract = {
  /** The state now, then each time it changes. */
  watch: base.output(streamOf(desktopStateSchema)),
  /** What is to be shown, each once: what waits, then what comes. */
  requests: base.output(streamOf(desktopRequestSchema)),
  /** Answers with the settings after the change. */
  change: base.input(desktopSettingsPatchSchema).output(desktopSettingsSchema),
  /**
   * Puts a secret into the clipboard, past the page, and clears it after 30 s, or at the end of the program, if it still holds it.
   * Fails with what `secrets.reveal` fails with.
   */
  copySecret: base.input(z.object({ name: secretNameSchema })).output(z.void()),
  /** Tells whether the page has something that a person typed and did not save: they are asked before they quit. */
  noteUnsaved: base.input(z.object({ isUnsaved: z.boolean() })).output(z.void()),
  /** Ends the program at once, without waiting any longer for servers that stop. */
  quitNow: base.output(z.void()),
  /** Ends the program and starts the version that was downloaded. */
  restartToUpdate: base.output(z.void()),
}
