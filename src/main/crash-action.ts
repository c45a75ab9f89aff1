/** So many crashes of the page within this time, in milliseconds, and it is not reloaded by itself any more. */
const maxCrashes = 3
const withinMs = 60_000

/**
 * What to do when the window's page has crashed: reload it by itself, or ask first where it goes on crashing. Pure.
 * @param crashes when it crashed, this time included; milliseconds since the Unix epoch.
 */
export function crashAction(crashes: readonly number[], now: number): 'reload' | 'ask' {
  return crashes.filter((at) => at > now - withinMs).length < maxCrashes ? 'reload' : 'ask'
}
