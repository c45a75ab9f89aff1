import { type Say, sayFrom } from '../shared/lib/say.ts'

/** The English texts of everything around the page: tray, menu, dialogs, notifications. A translation has the same keys. */
const desktopTexts = {
  name: 'MCP Manager',

  'close.title': 'Keep MCP Manager running in the tray?',
  'close.text':
    'Your servers go on running and stay reachable. Quit stops them. You can change this in Settings.',
  'close.textAttached':
    'This window shows the servers of another program, which go on running in any case. You can change this in Settings.',
  'close.tray': 'Keep running',
  'close.quit': 'Quit',
  'close.cancel': 'Cancel',
  'close.remember': 'Do not ask again',
  'noTray.title': 'Quit MCP Manager?',
  'noTray.text':
    'This desktop shows no tray icons, so MCP Manager cannot stay behind without a window. Quitting stops all servers.',

  'noTray.textAttached':
    'This desktop shows no tray icons, so MCP Manager cannot stay behind without a window. The servers belong to another program and go on running.',

  'unsaved.title': 'Quit without saving?',
  'unsaved.text': 'The form in the window has changes that are not saved. Quitting loses them.',
  'unsaved.stay': 'Keep editing',
  'unsaved.quit': 'Quit without saving',

  'crash.title': 'The window has crashed several times',
  'crash.text': 'Your servers are not affected: they go on running. Load the window again?',
  'crash.reload': 'Load again',
  'crash.quit': 'Quit',

  // macOS puts the name of the program and "is trying to" before it.
  reveal: 'show the secret {{name}}',

  'start.failed': 'MCP Manager cannot start',

  'menu.file': 'File',
  'menu.addServer': 'Add server…',
  'menu.import': 'Import servers…',
  'menu.settings': 'Settings…',
  'menu.edit': 'Edit',
  'menu.view': 'View',
  'menu.window': 'Window',
  'menu.help': 'Help',
  'menu.dataFolder': 'Show the data folder',
  'menu.quit': 'Quit MCP Manager',

  'tray.ok': 'MCP Manager: nothing needs attention',
  'tray.attention': 'MCP Manager: attention needed for {{names}}',
  'tray.broken': 'MCP Manager: {{names}} failed',
  'tray.none': 'No servers yet',
  'tray.starting': 'Starting…',
  'tray.server': '{{name}}: {{state}}',
  'tray.startAll': 'Start all',
  'tray.stopAll': 'Stop all',
  'tray.open': 'Open MCP Manager',
  'tray.quit': 'Quit',

  'state.stopped': 'stopped',
  'state.idle': 'idle',
  'state.starting': 'starting',
  'state.running.ok': 'running',
  'state.running.degraded': 'slow',
  'state.running.unresponsive': 'not answering',
  'state.running.aboveCeiling': 'above its ceiling',
  'state.stopping': 'stopping',
  'state.backoff': 'waits for its next try',
  'state.failed': 'failed: {{reason}}',
  'state.signIn': 'sign-in needed',
  'state.vault': 'vault needed',
  'state.consent': 'consent needed',
  'state.value': 'value needed',

  'notify.failed': '{{name}} failed',
  'notify.aboveCeiling': '{{name}} is above its ceiling',
  'notify.parked': '{{name}} failed {{count}} times and is not tried again',
  'notify.signIn': '{{name}} asks for a sign-in',
  'notify.vault': '{{name}} waits for the vault',
  'notify.consent': '{{name}} waits for your consent',
  'notify.value': '{{name}} waits for a value',
  'notify.notSwitchedOn': '{{name}} could not be switched on',
  'notify.notSwitchedOff': '{{name}} could not be switched off',
  'notify.several': '{{count}} servers need you',
} as const

/** Says a text of the desktop. */
export type SayDesktop = Say<typeof desktopTexts>

/** Says it in English. */
export const sayDesktop: SayDesktop = sayFrom(desktopTexts)
