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
 * An argument as the `Exec` key has it (Desktop Entry Specification, "The Exec key"): quoted, and escaped twice, because the value
 * is a string of the file first.
 */
function quoted(argument: string): string {
  const inQuotes = argument.replaceAll(/["`$\\]/g, (character) => `\\${character}`)
  return `"${inQuotes.replaceAll('\\', '\\\\').replaceAll('%', '%%')}"`
}
