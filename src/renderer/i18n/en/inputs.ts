/** The texts of features/inputs. */
export const inputs = {
  title: '{{name}} asks for a value',
  text: 'VS Code would ask you too. You give it once: the vault keeps it, and the page Secrets changes it.',
  textShared:
    'VS Code would ask you too. You give it once: the vault keeps it, also for {{names}}, and the page Secrets changes it.',
  choose: 'Choose…',
  byCommand: 'VS Code would run a command of its own for it; give what that would answer.',
  empty: 'Give it a value.',
  cancel: 'Cancel',
  store: 'Store and start',
  done: 'Stored. {{name}} starts with it.',
} as const
