/** The module that calls functions of the system's own libraries. */
export type Koffi = typeof import('koffi')

let loading: Promise<Koffi> | null = null

/** Loads koffi, once for the whole program. Rejects where there is none for this platform, each time with the same error. */
export function loadKoffi(): Promise<Koffi> {
  loading ??= import('koffi')
  return loading
}
