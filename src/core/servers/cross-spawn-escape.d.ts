/** The escaping for `cmd.exe` of cross-spawn 7, which its own typings leave out. */
declare module 'cross-spawn/lib/util/escape.js' {
  const escape: {
    /** The program's path, as the first word of a `cmd.exe /d /s /c` line. */
    readonly command: (path: string) => string
    /** One argument. `twice` for npm's shims, which hand their arguments on through a second parse. */
    readonly argument: (argument: string, twice: boolean) => string
  }
  export default escape
}
