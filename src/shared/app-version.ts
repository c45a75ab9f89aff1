/** This program's version, from package.json; put in by the build. `0.0.0-source` when the sources run unbuilt. */
export const appVersion: string =
  typeof __APP_VERSION__ === 'string' ? __APP_VERSION__ : '0.0.0-source'

declare const __APP_VERSION__: string | undefined
