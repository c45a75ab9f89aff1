/** The name of our file in the folder of autostart entries. */
export const autostartFile = 'mcp-manager.desktop'

/**
 * An entry that starts a program when the person logs in (XDG Desktop Application Autostart Specification). Pure.
 * @param command the program and its arguments.
 */
export function autostartEntry(name: string, command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    `Name=${name}`,
    `Exec=${command.map(quoted).join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')
}

/** Whether an entry is in force: desktops switch one off by a line in it. Pure. */
export function isAutostartOn(text: string): boolean {
  return !/^\s*(?:Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/m.test(text)
}

/**
 * The program to start at login: an AppImage runs from a mount that has another place each time, so it names its own file. Another
 * AppImage, from whose terminal this program was started, says the same of itself, and means another program. Pure.
 * @param execPath the running program.
 */
export function programToStart(env: NodeJS.ProcessEnv, execPath: string): string {
  const { APPDIR: mount, APPIMAGE: image } = env
  const isOurs = mount !== undefined && mount !== '' && execPath.startsWith(`${mount}/`)
  return isOurs && image !== undefined && image !== '' ? image : execPath
}

/** How the specification writes characters that would end the line of a key. */
const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/**
 * An argument as the `Exec` key has it (Desktop Entry Specification, "The Exec key"): quoted, and escaped twice, because the value
 * is a string of the file first.
 */
function quoted(argument: string): string {
  const inQuotes = argument.replaceAll(/["`$\\]/g, (character) => `\\${character}`)
  const inFile = inQuotes
    .replaceAll('\\', '\\\\')
    .replaceAll(/[\n\r\t]/g, (character) => escapes[character] ?? '')
  return `"${inFile.replaceAll('%', '%%')}"`
}
